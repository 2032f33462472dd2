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

/** Trains a network of blocks of one's own to count the fingers of drawn hands. */
public final class OwnBlock {
  private OwnBlock() {}

  /** Takes where the model goes, and the number of epochs. */
  public static void main(String[] args) {
    DatasetPair hands = Datasets.hands(ImageShape.rgb(48, 48), /* seed= */ 1);
    ModelOptions options = ModelOptions.of(48, 48, hands.train().classNames());
    try (Model model = Model.build(HandsNetNetwork::new, options)) {
      System.out.println(model.summary());
      model.compile(new Adam(2e-3), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
      int epochs = Integer.parseInt(args[1]);
      model.fit(
          hands.train(),
          FitOptions.epochs(epochs).withBatchSize(32).withValidation(hands.test()));
      System.out.println(model.evaluate(hands.test(), 32));
      model.save(Path.of(args[0]));
    }
  }
}
