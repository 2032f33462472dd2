package example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {
  @TempDir private Path folder;

  @Test
  void runs() throws Exception {
    Path file = folder.resolve("model.h5");
    try (Model model =
        Model.build("cifarresnet20", ModelOptions.of(32, 32, List.of("cat", "dog")))) {
      model.save(file);
    }
    assertTrue(Files.size(file) > 0);
    List<String> args = new ArrayList<>(List.of(file.toString()));
    for (int i = 0; i < 12; i++) {
      BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      image.setRGB(i, i, 0xffffff);
      Path photo = folder.resolve(i + ".png");
      ImageIO.write(image, "png", photo.toFile());
      args.add(photo.toString());
    }
    Service.main(args.toArray(String[]::new));
  }
}
