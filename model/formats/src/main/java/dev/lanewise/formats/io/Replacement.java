package dev.lanewise.formats.io;

import dev.lanewise.formats.saved.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file beside its place and moves it there once it is whole and on the disk. */
public final class Replacement {
  private Replacement() {}

  /** What fills the file. */
  public interface Content {
    /** Writes everything into an empty file. */
    void write(FileChannel file) throws IOException;
  }

  /**
   * Replaces a file, or makes it. Where that fails the file that was there stays as it was, and
   * nothing else is left behind; where the program is killed meanwhile, a hidden file, which a
   * later call removes. Any number of threads and processes may write to one place: the last one
   * that is done wins, and whoever reads meanwhile gets a whole file.
   *
   * @param what what is saved, for messages: {@code "the model"}
   * @throws ModelFileException saying why it failed
   */
  public static void write(Path path, String what, Content content) {
    try {
      // Through a link, so that the file it leads to is replaced and not the link.
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      check(path, what, target);
      TemporaryFile.removeOrphans(target);
      Path temporary = TemporaryFile.of(target);
      try {
        try (FileChannel file = TemporaryFile.create(temporary)) {
          content.write(file);
          file.force(true);
        }
        move(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (AccessDeniedException e) {
      throw failure(path, what, "there is no permission to write there", e);
    } catch (NoSuchFileException e) {
      // The folder was there; some, such as /proc, hold no files of ours, and some go meanwhile.
      throw failure(path, what, "its folder takes no files", e);
    } catch (IOException e) {
      throw failure(path, what, reason(e), e);
    } catch (IllegalArgumentException e) {
      throw failure(path, what, e.getMessage(), e);
    }
  }

  /**
   * As {@link #write(Path, String, Content)}, with bytes that are there.
   *
   * @throws ModelFileException saying why it failed
   */
  public static void write(Path path, String what, byte[] content) {
    write(
        path,
        what,
        file -> {
          ByteBuffer bytes = ByteBuffer.wrap(content);
          while (bytes.hasRemaining()) {
            file.write(bytes);
          }
        });
  }

  private static void check(Path path, String what, Path target) {
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw failure(path, what, "it is a folder", null);
    }
    if (!Files.exists(folder)) {
      throw failure(path, what, "there is no folder '" + folder + "'", null);
    }
    if (!Files.isDirectory(folder)) {
      throw failure(path, what, "'" + folder + "' is not a folder", null);
    }
    if (Files.exists(target)) {
      if (!Files.isRegularFile(target)) {
        throw failure(path, what, "it is not an ordinary file", null);
      }
      if (!Files.isWritable(target)) {
        throw failure(path, what, "there is no permission to write there", null);
      }
    }
  }

  /**
   * Gives a file that is whole and on the disk its place in the same folder.
   *
   * @throws IOException where it stays where it was
   */
  public static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
    syncFolder(to.toAbsolutePath().getParent());
  }

  /**
   * Brings the new name to the disk too: without that, a power cut may bring the older file back.
   */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders, and some file systems do not sync them.
      return;
    }
  }

  private static String reason(IOException e) {
    String reason =
        e instanceof FileSystemException ? ((FileSystemException) e).getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  private static ModelFileException failure(Path path, String what, String why, Exception cause) {
    return new ModelFileException("cannot save " + what + " to '" + path + "': " + why, cause);
  }
}
