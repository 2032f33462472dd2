package dev.lanewise.model.report;

import dev.lanewise.model.report.LineChart.Curve;
import dev.lanewise.model.training.EpochResult;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The curves of a training. */
final class Curves {
  private Curves() {}

  /** Returns charts beside each other; nothing before the first epoch. */
  static String html(List<EpochResult> epochs) {
    double[] x = values(epochs, EpochResult::epoch);
    StringBuilder out = new StringBuilder();
    for (LineChart chart :
        List.of(
            chart(
                "Loss",
                x,
                List.of(
                    new Curve("training", values(epochs, EpochResult::loss)),
                    new Curve("validation", values(epochs, EpochResult::valLoss)))),
            chart(
                "Accuracy",
                x,
                List.of(
                    new Curve("training", values(epochs, EpochResult::accuracy)),
                    new Curve("validation", values(epochs, EpochResult::valAccuracy)))),
            chart(
                "Learning rate",
                x,
                List.of(
                    new Curve("at the epoch's end", values(epochs, EpochResult::learningRate)))))) {
      if (!chart.isEmpty()) {
        out.append(chart.svg()).append('\n');
      }
    }
    return out.isEmpty() ? "" : "<div class=\"grid2\">\n" + out + "</div>";
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
