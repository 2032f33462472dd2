package dev.lanewise.model.weights;

import dev.lanewise.formats.saved.ConfigDifference;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network took from a weight file.
 *
 * @param format what kind of file it was: {@code "safetensors"}
 * @param byName whether layers were matched by their names; else by their order within each kind
 * @param matches every layer that took values, in the order of Keras
 * @param leftOut layers of the network that kept their values, and layers of the file that were not
 *     wanted, a sentence each
 * @param differences what the file's description of its network says otherwise than this network;
 *     empty, too, where the file has none
 */
public record LoadReport(
    String format,
    boolean byName,
    List<Match> matches,
    List<String> leftOut,
    List<ConfigDifference> differences) {
  /** Copies the lists. */
  public LoadReport {
    matches = List.copyOf(matches);
    leftOut = List.copyOf(leftOut);
    differences = List.copyOf(differences);
  }

  /**
   * A layer that took values.
   *
   * @param layer the network's name
   * @param source the file's name
   * @param arrays names and shapes: {@code "kernel [3,3,64,64]"}
   */
  public record Match(String layer, String source, List<String> arrays) {
    /** Copies the list. */
    public Match {
      arrays = List.copyOf(arrays);
    }

    @Override
    public String toString() {
      return layer + " <- " + source + ": " + String.join(", ", arrays);
    }
  }

  /** {@return the report for a user: a headline, then a line for each layer and each oddity} */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        matches.size()
            + " layers matched by "
            + (byName ? "name" : "order and shape")
            + " ("
            + format
            + ")");
    matches.forEach(match -> lines.add("  " + match));
    leftOut.forEach(layer -> lines.add("  left out: " + layer));
    differences.forEach(difference -> lines.add("  differs: " + difference.sentence()));
    return lines;
  }
}
