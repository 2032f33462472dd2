package dev.lanewise.cli;

import dev.lanewise.model.data.DataException;
import dev.lanewise.model.data.Images;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The images that a command is given. */
final class ImagePaths {
  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description =
          "JPEG or PNG files of any size, and folders of them; they are resized to the model's.")
  private List<Path> paths;

  /**
   * Returns the files, those of folders in the order of their names.
   *
   * @throws DataException where a folder holds none
   */
  List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        List<Path> inside = Images.files(path);
        if (inside.isEmpty()) {
          throw new DataException("folder " + path + " holds no JPEG or PNG image");
        }
        files.addAll(inside);
      } else {
        files.add(path);
      }
    }
    return files;
  }
}
