package dev.lanewise.model.report;

import dev.lanewise.model.text.Numbers;
import dev.lanewise.model.text.Xml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The worst that a model says, as pictures. */
final class MistakeGallery {
  private static final int MOST = 24;

  private MistakeGallery() {}

  /**
   * One picture.
   *
   * @param index the image
   * @param right what is right of it
   * @param told what was told, and how surely
   * @param size by how much it is wrong, of what is compared with others
   */
  private record Entry(int index, String right, String told, double size) {}

  /** Returns images that were taken for another class; nothing where there are none. */
  static String ofClasses(Predictions predictions) {
    List<String> names = predictions.names();
    return html(
        predictions,
        predictions.mistakes(MOST).stream()
            .map(
                mistake ->
                    new Entry(
                        mistake.index(),
                        names.get(mistake.label()),
                        "taken for "
                            + names.get(mistake.predicted())
                            + " "
                            + Html.percent(mistake.probability()),
                        mistake.probability()))
            .toList());
  }

  /** Returns images and the label of each that is told most wrongly; nothing where none is. */
  static String ofLabels(Predictions predictions) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < predictions.images().size(); i++) {
      float[] told = predictions.outputs(i);
      float[] right = predictions.targets(i);
      int worst = worst(told, right);
      double error = Math.abs(told[worst] - right[worst]);
      if (error > 0.5) {
        String name = predictions.names().get(worst);
        entries.add(
            new Entry(
                i,
                (right[worst] > 0.5 ? "" : "not ") + name,
                "its probability was told as " + Html.percent(told[worst]),
                error));
      }
    }
    return html(predictions, entries);
  }

  /** Returns images and the number of each that is told most wrongly. */
  static String ofValues(Predictions predictions) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < predictions.images().size(); i++) {
      float[] told = predictions.outputs(i);
      float[] right = predictions.targets(i);
      int worst = worst(told, right);
      entries.add(
          new Entry(
              i,
              predictions.names().get(worst) + " " + Numbers.text(right[worst]),
              "told as " + Numbers.text(told[worst]),
              Math.abs((double) told[worst] - right[worst])));
    }
    return html(predictions, entries);
  }

  private static int worst(float[] told, float[] right) {
    int worst = 0;
    for (int c = 1; c < told.length; c++) {
      if (Math.abs(told[c] - right[c]) > Math.abs(told[worst] - right[worst])) {
        worst = c;
      }
    }
    return worst;
  }

  private static String html(Predictions predictions, List<Entry> entries) {
    StringBuilder out = new StringBuilder();
    entries.stream()
        .sorted(Comparator.comparingDouble(Entry::size).reversed())
        .limit(MOST)
        .forEach(
            entry -> {
              String right = Xml.escape(entry.right);
              out.append("<figure><img alt=\"image ").append(entry.index).append(": ");
              out.append(right).append("\" title=\"image ").append(entry.index);
              out.append("\" src=\"");
              out.append(Pictures.address(predictions.images(), entry.index));
              out.append("\"><figcaption><b>").append(right);
              out.append("</b><br><span class=\"quiet\">").append(Xml.escape(entry.told));
              out.append("</span></figcaption></figure>\n");
            });
    return out.isEmpty() ? "" : "<div class=\"pictures\">\n" + out + "</div>";
  }
}
