package dev.lanewise.benchmarks.peers;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything that a comparison measured, as its file holds it.
 *
 * @param machine processor, system and Java in words
 * @param threads threads that each contender worked with
 * @param foreign share of the processors that others may have taken in a turn that counts
 * @param abouts versions and settings by contender
 * @param peakMemory peak resident bytes of the training at 64x64 by contender, where known
 * @param works what was measured, in order
 */
record Results(
    String machine,
    int threads,
    double foreign,
    Map<String, String> abouts,
    Map<String, Long> peakMemory,
    List<WorkTurns> works) {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /**
   * The turns of one work.
   *
   * @param work the work's id
   * @param turns in the order of time
   */
  record WorkTurns(String work, List<Turn> turns) {
    Work parsed() {
      return Work.parse(work);
    }
  }

  /** Whether a turn was quiet enough to count. */
  boolean counts(Turn turn) {
    return turn.foreign() <= foreign;
  }

  /**
   * Returns the figures of each work that has any, from the turns that count and the contenders
   * that are fair.
   */
  List<Comparison> comparisons() {
    List<Comparison> all =
        works.stream()
            .map(work -> new Comparison(work.parsed(), work.turns().stream().filter(this::counts)))
            .toList();
    all.forEach(comparison -> comparison.leaveOutFaulty(all));
    return all.stream().filter(comparison -> !comparison.entries().isEmpty()).toList();
  }

  /** Reads a file of results; fails with a sentence. */
  static Results read(Path file) {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new PeersException("wanted a file with results of a comparison, got " + file);
    }
    try {
      Results results =
          GSON.fromJson(Files.readString(file, StandardCharsets.UTF_8), Results.class);
      if (results == null || results.works == null || results.abouts == null) {
        throw new PeersException("wanted results of a comparison in " + file + ", got other JSON");
      }
      results.works.forEach(WorkTurns::parsed);
      return results;
    } catch (IOException e) {
      throw new PeersException("cannot read " + file + ": " + e, e);
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new PeersException("wanted results of a comparison in " + file + ", got other text", e);
    }
  }

  /** Writes the file, and the folders it lies in. */
  void write(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Files.writeString(file, GSON.toJson(this) + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PeersException("cannot write " + file + ": " + e, e);
    }
  }
}
