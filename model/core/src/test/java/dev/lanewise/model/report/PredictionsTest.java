package dev.lanewise.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lanewise.model.Stripes;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.Figures;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsTest {
  /** Of images with the labels 0, 1, 2, 0. */
  private static final Predictions PREDICTIONS =
      new Predictions(
          new Stripes(4, 1),
          new float[][] {
            {0.5f, 0.25f, 0.25f}, {0.5f, 0.3f, 0.2f}, {0.1f, 0.8f, 0.1f}, {0.4f, 0.2f, 0.4f}
          });

  @Test
  void topCountsTheRightClassAmongTheBest() {
    assertThat(PREDICTIONS.topAccuracy(1)).isEqualTo(0.5);
    assertThat(PREDICTIONS.topAccuracy(2)).isEqualTo(0.75);
    assertThat(PREDICTIONS.topAccuracy(3)).isEqualTo(1);
  }

  @Test
  void evaluationIsThatOfTheLoss() {
    Evaluation evaluation =
        PREDICTIONS.evaluation(Loss.CATEGORICAL_CROSSENTROPY, List.of(Metric.ACCURACY));
    double sum = -Math.log(0.5f) - Math.log(0.3f) - Math.log(0.1f) - Math.log(0.4f);
    assertThat(evaluation)
        .isEqualTo(new Evaluation(new Figures(List.of("loss", "accuracy"), sum / 4, 0.5), 4));
  }

  @Test
  void surestMistakesComeFirst() {
    assertThat(PREDICTIONS.mistakes(9))
        .containsExactly(new Mistake(2, 2, 1, 0.8f), new Mistake(1, 1, 0, 0.5f));
    assertThat(PREDICTIONS.mistakes(1)).hasSize(1);
  }

  @Test
  void jsonHoldsEverything() {
    String text = PREDICTIONS.toJson(Loss.CATEGORICAL_CROSSENTROPY, List.of(Metric.ACCURACY));
    assertThat(text.lines()).hasSize(1);
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    assertThat(json.get("accuracy").getAsDouble()).isEqualTo(0.5);
    assertThat(json.get("images").getAsInt()).isEqualTo(4);
    assertThat(json.get("top_k_accuracy")).hasToString("{\"1\":0.5}");
    assertThat(json.get("classes").getAsJsonArray().get(0))
        .hasToString(
            "{\"class\":\"across\",\"precision\":0.6666666666666666,\"recall\":1.0,\"f1\":0.8,"
                + "\"images\":2}");
    assertThat(json.get("confusion_matrix")).hasToString("[[2,0,0],[1,0,0],[0,1,0]]");
    assertThat(json.getAsJsonObject("macro").get("f1").getAsDouble()).isEqualTo(0.8 / 3);
  }
}
