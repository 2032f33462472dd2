package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.model.Classifier;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuneTest {
  @TempDir private Path folder;

  @Test
  void runs() throws IOException {
    Path weights = folder.resolve("ten-classes.h5");
    List<String> ten = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    try (Model model = Model.build("cifarresnet20", ModelOptions.of(32, 32, ten))) {
      model.saveWeights(weights);
    }
    for (String name : List.of("dark", "light")) {
      Path photos = Files.createDirectories(folder.resolve("photos").resolve(name));
      for (int i = 0; i < 12; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 32 * 32; p++) {
          image.setRGB(p % 32, p / 32, name.equals("dark") ? i : 0xc0c0c0 + p % (i + 1));
        }
        ImageIO.write(image, "png", photos.resolve(i + ".png").toFile());
      }
    }
    Path model = folder.resolve("tuned.h5");
    FineTune.main(
        new String[] {weights.toString(), folder.resolve("photos").toString(), model.toString()});
    try (Classifier classifier = Classifier.load(model, 1)) {
      assertEquals(List.of("dark", "light"), classifier.classNames());
    }
  }
}
