package dev.lanewise.model.report;

import dev.lanewise.model.report.LineChart.Curve;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The curves of a training. */
final class Curves {
  private Curves() {}

  /** Returns charts beside each other; nothing before the first epoch. */
  static String html(List<EpochResult> epochs) {
    double[] x = values(epochs, EpochResult::epoch);
    List<LineChart> charts = new ArrayList<>();
    Figures.names(epochs).stream()
        .map(Figures::plainName)
        .distinct()
        .forEach(
            name ->
                charts.add(
                    chart(
                        title(name),
                        x,
                        List.of(
                            curve("training", epochs, name),
                            curve("validation", epochs, Figures.ofValidation(name))))));
    charts.add(
        chart(
            "Learning rate",
            x,
            List.of(new Curve("at the epoch's end", values(epochs, EpochResult::learningRate)))));
    StringBuilder out = new StringBuilder();
    for (LineChart chart : charts) {
      if (!chart.isEmpty()) {
        out.append(chart.svg()).append('\n');
      }
    }
    return out.isEmpty() ? "" : "<div class=\"grid2\">\n" + out + "</div>";
  }

  private static Curve curve(String title, List<EpochResult> epochs, String figure) {
    return new Curve(title, values(epochs, epoch -> epoch.figures().of(figure)));
  }

  private static String title(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1).replace('_', ' ');
  }

  private static LineChart chart(String title, double[] x, List<Curve> curves) {
    List<Curve> measured =
        curves.stream()
            .filter(curve -> DoubleStream.of(curve.y()).anyMatch(Double::isFinite))
            .toList();
    return new LineChart(title, "epoch", x, Scale.whole(x), measured);
  }

  private static double[] values(List<EpochResult> epochs, ToDoubleFunction<EpochResult> value) {
    return epochs.stream().mapToDouble(value).toArray();
  }
}
