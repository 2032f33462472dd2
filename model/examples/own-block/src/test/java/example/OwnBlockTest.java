package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageShape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnBlockTest {
  @TempDir private Path folder;

  @Test
  void learnsToCountFingers() {
    Path file = folder.resolve("hands.h5");
    OwnBlock.main(new String[] {file.toString(), "8"});
    try (Model model = Model.load(file, HandsNetNetwork::new, 2)) {
      assertEquals(6, model.classNames().size());
      Evaluation evaluation =
          model.evaluate(Datasets.handsForEvaluation(ImageShape.rgb(48, 48), 1), 32);
      // One of six is right by chance.
      assertTrue(evaluation.accuracy() > 0.5, evaluation.toString());
    }
  }
}
