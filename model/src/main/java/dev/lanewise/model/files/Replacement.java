package dev.lanewise.model.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file beside its place and moves it there once it is whole and on the disk. */
final class Replacement {
  private Replacement() {}

  /** What fills the file. */
  interface Content {
    /** Writes everything into an empty file. */
    void write(FileChannel file) throws IOException;
  }

  /**
   * Replaces a file, or makes it. Where that fails the file that was there stays as it was, and
   * nothing else is left behind.
   *
   * @throws ModelFileException saying why it failed
   */
  static void write(Path path, Content content) {
    try {
      // Through a link, so that the file it leads to is replaced and not the link.
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      check(path, target);
      String name = "." + target.getFileName() + "." + UUID.randomUUID() + ".tmp";
      Path temporary = target.resolveSibling(name);
      try {
        try (FileChannel file =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          content.write(file);
          file.force(true);
        }
        move(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (AccessDeniedException e) {
      throw failure(path, "there is no permission to write there", e);
    } catch (IOException e) {
      throw failure(path, reason(e), e);
    } catch (IllegalArgumentException e) {
      throw failure(path, e.getMessage(), e);
    }
  }

  private static void check(Path path, Path target) {
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw failure(path, "it is a folder", null);
    }
    if (!Files.exists(folder)) {
      throw failure(path, "there is no folder '" + folder + "'", null);
    }
    if (!Files.isDirectory(folder)) {
      throw failure(path, "'" + folder + "' is not a folder", null);
    }
    if (Files.exists(target)) {
      if (!Files.isRegularFile(target)) {
        throw failure(path, "it is not an ordinary file", null);
      }
      if (!Files.isWritable(target)) {
        throw failure(path, "there is no permission to write there", null);
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(IOException e) {
    String reason =
        e instanceof FileSystemException ? ((FileSystemException) e).getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  private static ModelFileException failure(Path path, String why, Exception cause) {
    return new ModelFileException("cannot save the model to '" + path + "': " + why, cause);
  }
}
