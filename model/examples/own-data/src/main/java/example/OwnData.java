package example;

import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.train.Adam;

/** Trains on images of one's own making. */
public final class OwnData {
  private OwnData() {}

  /** Takes nothing. */
  public static void main(String[] args) {
    System.out.println(train(new Stripes(64, 1), new Stripes(32, 2)));
  }

  static Evaluation train(Stripes train, Stripes test) {
    ModelOptions options = ModelOptions.of(32, 32, train.classNames());
    try (Model model = Model.build("cifarresnet20", options)) {
      model.compile(new Adam(1e-3), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
      model.fit(train, FitOptions.epochs(3).withBatchSize(16));
      return model.evaluate(test, 16);
    }
  }
}
