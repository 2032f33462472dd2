package dev.lanewise.formats.io;

import dev.lanewise.formats.saved.ModelFileException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens files for reading, and turns what can go wrong with any file into a sentence. */
public final class InputFile {
  private InputFile() {}

  /** Reads an open file. */
  public interface Body<T> {
    /** Reads; the file is closed afterwards. */
    T read(FileChannel file) throws IOException;
  }

  /**
   * Opens a file, reads it and closes it.
   *
   * @throws ModelFileException naming the file and what is wrong with it; other exceptions of the
   *     body than {@link FormatException} and those of input and output are passed on
   */
  public static <T> T read(Path path, Body<T> body) {
    if (!Files.exists(path)) {
      throw failure(path, "there is no such file", null);
    }
    if (Files.isDirectory(path)) {
      throw failure(path, "it is a folder", null);
    }
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      if (file.size() == 0) {
        throw new FormatException("it is empty");
      }
      return body.read(file);
    } catch (AccessDeniedException e) {
      throw failure(path, "there is no permission to read it", e);
    } catch (IOException | FormatException e) {
      throw failure(path, e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw failure(path, e.getCause().getMessage(), e);
    }
  }

  /** Fills the rest of a buffer from a position of a file, whatever the system reads at a time. */
  public static void readFully(FileChannel file, ByteBuffer buffer, long position)
      throws IOException {
    int start = buffer.position();
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position() - start) < 0) {
        throw new EOFException("it ends early: another program has cut it off meanwhile");
      }
    }
  }

  /** Returns what names a file and what is wrong with it. */
  public static ModelFileException failure(Path path, String why, Throwable cause) {
    return new ModelFileException("cannot read '" + path + "': " + why, cause);
  }
}
