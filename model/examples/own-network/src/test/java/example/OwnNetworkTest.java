package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.model.Classifier;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnNetworkTest {
  @TempDir private Path folder;

  @Test
  void runs() throws IOException {
    for (String name : List.of("dark", "light")) {
      Path photos = Files.createDirectories(folder.resolve("photos").resolve(name));
      for (int i = 0; i < 20; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        int grey = (name.equals("dark") ? 20 : 200) + i;
        for (int p = 0; p < 32 * 32; p++) {
          image.setRGB(p % 32, p / 32, grey << 16 | grey << 8 | (p % 32 + i) * 4);
        }
        ImageIO.write(image, "png", photos.resolve(i + ".png").toFile());
      }
    }
    Path model = folder.resolve("small.h5");
    OwnNetwork.main(new String[] {folder.resolve("photos").toString(), model.toString()});
    try (Classifier classifier = Classifier.load(model, SmallNetwork::new, 1)) {
      assertEquals(List.of("dark", "light"), classifier.classNames());
    }
  }
}
