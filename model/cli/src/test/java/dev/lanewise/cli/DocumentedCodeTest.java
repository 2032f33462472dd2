package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.data.ImageDataset;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java code of the documents compiles; README's programs run. */
class DocumentedCodeTest {
  private static final Pattern INTERFACE = Pattern.compile("public interface (\\w+)");

  /** Passes of a generated block: the processor's tests hold them to what it writes. */
  private static final String GENERATED = "void forward()";

  private static final String SPEC =
      """
      package documented;

      import dev.lanewise.spec.*;
      import static dev.lanewise.spec.Padding.*;
      import static dev.lanewise.spec.Pool.Kind.*;
      import static dev.lanewise.spec.Shortcut.*;
      import static dev.lanewise.spec.Stride.*;

      """;

  private static final String STATEMENTS =
      """
      import dev.lanewise.exchange.*;
      import dev.lanewise.formats.saved.*;
      import dev.lanewise.model.*;
      import dev.lanewise.model.augment.*;
      import dev.lanewise.model.data.*;
      import dev.lanewise.model.network.*;
      import dev.lanewise.model.plot.*;
      import dev.lanewise.model.training.*;
      import dev.lanewise.model.weights.*;
      import dev.lanewise.train.*;
      import java.net.InetSocketAddress;
      import java.nio.file.Path;
      import java.util.List;
      import java.util.Map;

      public class Documented {
        public static void run(
            Path file, int threads, List<Path> manyFiles, ImageDataset train) throws Exception {
      %s
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void compiles() throws IOException {
    int blocks = 0;
    for (Path file : Documents.files()) {
      Path classes = Files.createDirectory(folder.resolve(file.getFileName() + "-" + blocks));
      for (String code : Documents.java(file)) {
        if (code.contains(GENERATED)) {
          continue;
        }
        assertThat(compile(classes, code))
            .as(Documents.ROOT.relativize(file) + "\n" + code)
            .isEmpty();
        blocks++;
      }
    }
    assertThat(blocks).isGreaterThan(4);
  }

  /** README's training and classifying, with two small classes of photos and one epoch. */
  @Test
  void runs() throws Exception {
    Path photos = folder.resolve("signs");
    for (String name : List.of("a", "b")) {
      Path files = Files.createDirectories(photos.resolve(name));
      for (int i = 0; i < 5; i++) {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i, i, 0xffffff);
        ImageIO.write(image, "png", files.resolve(i + ".png").toFile());
      }
    }
    Path hand = photos.resolve("a").resolve("0.png");
    List<String> programs =
        Documents.java(Documents.ROOT.resolve("README.md")).stream()
            .filter(code -> code.contains("model.fit(") || code.contains("Classifier.load("))
            .toList();
    assertThat(programs).hasSize(2);
    for (String program : programs) {
      String smaller = program.replace("64, 64", "33, 33").replace("epochs(20)", "epochs(1)");
      run(inFolder(smaller.replace("hand.jpg", "signs/a/0.png")), List.of(hand, hand));
    }
    assertThat(folder.resolve("signs.h5")).exists();
  }

  /** Lets the paths of a program start at the test's folder. */
  private String inFolder(String program) {
    String path = folder.toString().replace("\\", "/");
    return program.replace("Path.of(\"", "Path.of(\"" + path + "/");
  }

  private void run(String program, List<Path> manyFiles) throws Exception {
    assertThat(compile(folder, program)).as(program).isEmpty();
    URL[] classes = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      loader
          .loadClass("Documented")
          .getMethod("run", Path.class, int.class, List.class, ImageDataset.class)
          .invoke(null, null, 2, manyFiles, null);
    }
  }

  /** Compiles code into a folder, beside what that already has; returns what javac says. */
  private static String compile(Path folder, String code) throws IOException {
    List<String> args = new ArrayList<>(List.of("-d", folder.toString()));
    args.addAll(List.of("-classpath", classPath() + File.pathSeparator + folder));
    args.addAll(List.of("-processorpath", classPath()));
    if (code.contains("public interface")) {
      for (String declaration : code.split("\n\n")) {
        Matcher name = INTERFACE.matcher(declaration);
        assertThat(name.find()).as(declaration).isTrue();
        args.add(source(folder, name.group(1), SPEC + declaration));
      }
    } else {
      args.add(source(folder, "Documented", STATEMENTS.formatted(code)));
    }
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    int status =
        ToolProvider.findFirst("javac").orElseThrow().run(out, out, args.toArray(String[]::new));
    return status == 0 ? "" : said.toString();
  }

  private static String source(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name + ".java"), text).toString();
  }

  private static String classPath() {
    String modules = System.getProperty("jdk.module.path", "");
    return modules + File.pathSeparator + System.getProperty("java.class.path");
  }
}
