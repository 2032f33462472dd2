package example;

import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.train.Adam;
import java.nio.file.Path;

/** Trains a network of one's own on a folder of images, one folder inside for each class. */
public final class OwnNetwork {
  private OwnNetwork() {}

  /** Takes the folder of images, and where the model goes. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    DatasetPair images = Datasets.open(folder, ImageShape.rgb(32, 32), 0.2, /* seed= */ 1);
    ModelOptions options = ModelOptions.of(32, 32, images.train().classNames());
    try (Model model = Model.build(SmallNetwork::new, options)) {
      System.out.println(model.summary());
      model.compile(new Adam(1e-3), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
      model.fit(
          images.train(), FitOptions.epochs(3).withBatchSize(8).withValidation(images.test()));
      System.out.println(model.evaluate(images.test(), 8));
      model.save(Path.of(args[1]));
    }
  }
}
