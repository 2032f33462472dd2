package dev.lanewise.formats.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.saved.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaveLockTest {
  @TempDir private Path folder;

  /** Takes a lock, says so and keeps it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      SaveLock.take(Path.of(args[0]));
      System.out.println("taken");
      Thread.sleep(60_000);
    }
  }

  @Test
  void anotherProcessIsNamedUntilItEnds() throws Exception {
    Path target = folder.resolve("model.h5");
    try (OtherProcess other = OtherProcess.start(Holder.class, target.toString())) {
      assertThat(other.line()).isEqualTo("taken");
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> SaveLock.take(target))
            .isInstanceOf(ModelFileException.class)
            .hasMessageMatching(
                "another training saves to '\\Q%s\\E': process %d, begun (\\S+ )?\\d\\d:\\d\\d:\\d\\d"
                    .formatted(target, other.pid()));
      }
      SaveLock.take(folder.resolve("another.h5")).close();
    }
    // It was killed, and has left its file.
    assertThat(folder.resolve(".model.h5.lock")).exists();
    SaveLock.take(target).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void oneProcessTakesALockOnceAtATime() throws Exception {
    Path target = folder.resolve("model.h5");
    SaveLock lock = SaveLock.take(target);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> SaveLock.take(folder.resolve("x").resolve("../model.h5")))
          .hasMessageContaining(
              "model.h5': process %d, begun ".formatted(ProcessHandle.current().pid()));
    }
    // Nor has asking for it let it go.
    try (OtherProcess other = OtherProcess.start(Holder.class, target.toString())) {
      assertThat(other.line()).contains("ModelFileException");
    }
    lock.close();
    lock.close();
    SaveLock.take(target).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aLinkIsLockedWhereItLeads() throws Exception {
    Path file = Files.writeString(folder.resolve("model.h5"), "a model");
    Path link = folder.resolve("link.h5");
    try {
      Files.createSymbolicLink(link, file);
    } catch (IOException | UnsupportedOperationException e) {
      Assumptions.abort("this system makes no symbolic links: " + e);
    }
    SaveLock lock = SaveLock.take(link);
    assertThatThrownBy(() -> SaveLock.take(file)).isInstanceOf(ModelFileException.class);
    lock.close();
  }

  @Test
  void aFolderThatIsNotThereIsTold() {
    assertThatThrownBy(() -> SaveLock.take(folder.resolve("none/model.h5")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("cannot lock '" + folder.resolve("none/model.h5") + "' for saving");
  }
}
