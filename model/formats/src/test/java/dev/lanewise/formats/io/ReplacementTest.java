package dev.lanewise.formats.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.saved.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacementTest {
  private static final int SIZE = 300_000;

  @TempDir private Path folder;

  /** Fills a file with a byte of its own, in many small writes. */
  private static void write(Path path, byte value) {
    byte[] part = new byte[SIZE / 30];
    Arrays.fill(part, value);
    Replacement.write(
        path,
        "the model",
        file -> {
          for (int i = 0; i < 30; i++) {
            file.write(ByteBuffer.wrap(part));
          }
        });
  }

  /** Writes a file again and again, or dies in the middle of writing it. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      Path path = Path.of(args[0]);
      if (args.length > 1) {
        Replacement.write(
            path,
            "the model",
            file -> {
              file.write(ByteBuffer.wrap(new byte[100]));
              System.out.println("writing");
              pause();
            });
      }
      for (int i = 0; i < 150; i++) {
        write(path, (byte) i);
      }
    }

    private static void pause() {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void writersOfTwoProcessesAndTwoThreadsNeverShowABrokenFile() throws Exception {
    Path path = folder.resolve("model.h5");
    write(path, (byte) 0);
    try (OtherProcess one = OtherProcess.start(Writer.class, path.toString());
        OtherProcess two = OtherProcess.start(Writer.class, path.toString())) {
      AtomicBoolean done = new AtomicBoolean();
      List<Thread> threads =
          List.of(1, 2).stream()
              .map(
                  value ->
                      Thread.ofPlatform()
                          .start(
                              () -> {
                                while (!done.get()) {
                                  write(path, value.byteValue());
                                }
                              }))
              .toList();
      for (int i = 0; i < 400; i++) {
        byte[] read = Files.readAllBytes(path);
        assertThat(read.length).isEqualTo(SIZE);
        byte[] wanted = new byte[SIZE];
        Arrays.fill(wanted, read[0]);
        assertThat(Arrays.equals(read, wanted)).isTrue();
      }
      assertThat(one.exitCode()).as(one.line()).isZero();
      assertThat(two.exitCode()).as(two.line()).isZero();
      done.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(files()).containsExactly(path);
  }

  @Test
  void whatAKilledProcessHasLeftIsRemovedLaterAndNeverWhileItWrites() throws Exception {
    Path path = folder.resolve("model.h5");
    write(path, (byte) 1);
    try (OtherProcess other = OtherProcess.start(Writer.class, path.toString(), "slowly")) {
      assertThat(other.line()).isEqualTo("writing");
      age();
      write(path, (byte) 2);
      assertThat(files()).hasSize(2);
    }
    write(folder.resolve("another.h5"), (byte) 3);
    assertThat(files()).as("it belongs to another file").hasSize(3);
    age(Duration.ZERO);
    write(path, (byte) 4);
    assertThat(files()).as("a minute has not passed").hasSize(3);
    age();
    write(path, (byte) 5);
    assertThat(files()).containsExactlyInAnyOrder(path, folder.resolve("another.h5"));
  }

  @Test
  void whatIsLockedIsNotRemovedThoughItsProcessIsNotSeen() throws Exception {
    Path path = folder.resolve("model.h5");
    long nobody = 999_999_999;
    Path temporary = folder.resolve(".model.h5." + nobody + "-1-1.tmp");
    try (FileChannel file = TemporaryFile.create(temporary)) {
      file.write(ByteBuffer.wrap(new byte[100]));
      age();
      write(path, (byte) 1);
      assertThat(temporary).exists();
    }
    write(path, (byte) 1);
    assertThat(files()).containsExactly(path);
  }

  @Test
  void aFullDiskLeavesTheOlderFileAndNothingBeside() throws Exception {
    Path path = folder.resolve("model.h5");
    write(path, (byte) 1);
    assertThatThrownBy(
            () ->
                Replacement.write(
                    path,
                    "the model",
                    file -> {
                      file.write(ByteBuffer.wrap(new byte[100]));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("cannot save the model to '%s': No space left on device", path);
    assertThat(files()).containsExactly(path);
    assertThat(Files.size(path)).isEqualTo(SIZE);
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** Lets all temporary files be an hour old. */
  private void age() throws IOException {
    age(Duration.ofHours(1));
  }

  private void age(Duration age) throws IOException {
    for (Path file : files()) {
      if (file.getFileName().toString().startsWith(".")) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
      }
    }
  }
}
