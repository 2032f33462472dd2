package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageShape;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program on the class path sees of the library. */
class UsersProgramTest {
  private static final List<String> VECTOR = List.of("--add-modules", "jdk.incubator.vector");

  /** What slf4j-simple does where nobody tells it otherwise. */
  private static final String INFO = "-Dorg.slf4j.simpleLogger.defaultLogLevel=info";

  @TempDir private Path folder;

  /** Builds a model, saves it, loads it and reads a data set. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      Path file = Path.of(args[0]);
      ModelOptions options =
          ModelOptions.of(Stripes.SIZE, Stripes.SIZE, List.of("a", "b")).withThreads(1);
      try (Model model = Model.build(TinyNetwork::new, options)) {
        model.save(file);
      }
      Model.load(file, TinyNetwork::new, 1).close();
      Datasets.open(Path.of(args[1]), ImageShape.rgb(2, 2), 0, 1);
      System.out.println("done");
    }
  }

  @Test
  void missingVectorModuleIsNamedWithItsFlag() throws Exception {
    ChildJvm.Result result =
        ChildJvm.run(Program.class, List.of(), folder.resolve("m.h5").toString(), signs());
    assertThat(result.exitCode()).isOne();
    assertThat(result.output())
        .contains(
            "IllegalStateException: Lanewise requires the module jdk.incubator.vector, got a JVM"
                + " without it: start java with --add-modules jdk.incubator.vector")
        .doesNotContain("NoClassDefFoundError");
  }

  @Test
  void libraryIsQuiet() throws Exception {
    List<String> flags = List.of(VECTOR.get(0), VECTOR.get(1), INFO);
    ChildJvm.Result result =
        ChildJvm.run(Program.class, flags, folder.resolve("m.h5").toString(), signs());
    assertThat(result.output()).isEqualTo("done");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void whatTheUserWantsToSeeOfJhdfIsShown() throws Exception {
    List<String> flags =
        List.of(VECTOR.get(0), VECTOR.get(1), "-Dorg.slf4j.simpleLogger.log.io.jhdf=info");
    ChildJvm.Result result =
        ChildJvm.run(Program.class, flags, folder.resolve("m.h5").toString(), signs());
    assertThat(result.output()).contains("INFO io.jhdf.HdfFile").endsWith("done");
  }

  private String signs() {
    Path file = folder.resolve("signs.h5");
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      hdf5.putDataset("train_set_x", new int[2][2][2][3]);
      hdf5.putDataset("train_set_y", new int[] {0, 1});
      hdf5.putDataset("list_classes", new int[] {0, 1});
    }
    return file.toString();
  }
}
