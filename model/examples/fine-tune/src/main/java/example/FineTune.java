package example;

import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.weights.LoadOptions;
import dev.lanewise.train.Adam;
import java.nio.file.Path;

/** Lets a network that was trained on other classes learn those of a folder: its head first. */
public final class FineTune {
  private FineTune() {}

  /** Takes the weights, the folder of images, and where the model goes. */
  public static void main(String[] args) {
    Path folder = Path.of(args[1]);
    DatasetPair images = Datasets.open(folder, ImageShape.rgb(32, 32), 0.2, /* seed= */ 1);
    ModelOptions options = ModelOptions.of(32, 32, images.train().classNames());
    try (Model model = Model.build("cifarresnet20", options)) {
      model.loadWeights(Path.of(args[0]), LoadOptions.whole().withoutHead());
      model.compile(new Adam(1e-2), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
      model.freeze("*", "!dense*");
      model.fit(images.train(), FitOptions.epochs(2).withBatchSize(8));
      model.unfreeze();
      model.compile(new Adam(1e-4), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
      model.fit(
          images.train(), FitOptions.epochs(1).withBatchSize(8).withValidation(images.test()));
      System.out.println(model.evaluate(images.test(), 8));
      model.save(Path.of(args[2]));
    }
  }
}
