package dev.lanewise.model.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.Stripes;
import dev.lanewise.model.TinyNetwork;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.report.LearningRateTest.Point;
import dev.lanewise.model.report.LearningRateTest.Result;
import dev.lanewise.train.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LearningRateTestTest {
  /** Losses by the tenth power of the rate. */
  private static Result result(double... losses) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      points.add(new Point(Math.pow(10, i - 7), losses[i], losses[i]));
    }
    return new Result(points, false);
  }

  @Test
  void suggestionIsWhereTheLossFallsFastest() {
    assertThat(result(2, 2, 2, 2, 2, 1.9, 1.6, 0.9, 0.8, 3, 1).suggestion())
        .hasValueCloseTo(0.1, Percentage.withPercentage(1e-6));
  }

  @Test
  void lossThatNeverFallsSuggestsNothing() {
    assertThat(result(2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 6).suggestion()).isEmpty();
  }

  @Test
  void ratesRiseUntilTheLossExplodes() {
    List<Point> heard = new ArrayList<>();
    Result result;
    try (Model model =
        Model.build(
            TinyNetwork::new, ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES))) {
      result =
          new LearningRateTest(1e-5, 1e5, 101)
              .run(
                  model.network(),
                  model.loss(),
                  new Sgd(1),
                  model.preprocessing(),
                  new Stripes(28, 1),
                  6,
                  1,
                  heard::add);
    }
    assertThat(heard).isEqualTo(result.points());
    assertThat(result.exploded()).isTrue();
    assertThat(result.points()).hasSizeBetween(40, 100);
    assertThat(result.points().get(0).rate()).isEqualTo(1e-5);
    assertThat(result.points().get(10).rate() / 1e-4).isBetween(0.999999, 1.000001);
    assertThat(result.suggestion().orElseThrow()).isBetween(1e-5, 10.0);
    assertThat(result.svg())
        .startsWith("<svg xmlns=")
        .contains("prefers-color-scheme")
        .contains("learning rate")
        .doesNotContain("NaN")
        .endsWith("</svg>\n");
  }

  @Test
  void rangeRises() {
    assertThatThrownBy(() -> new LearningRateTest(1, 1e-3, 100))
        .isInstanceOf(ModelException.class)
        .hasMessage("a test of learning rates requires positive ones that rise, got 1 to 0.001");
    assertThatThrownBy(() -> new LearningRateTest(1e-3, 1, 3))
        .isInstanceOf(ModelException.class)
        .hasMessage("a test of learning rates requires at least 10 steps, got 3");
  }
}
