package dev.lanewise.formats.io;

import dev.lanewise.formats.saved.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second training from saving to the file of one that runs, for as long as that does.
 *
 * <p>Beside the target, {@code .model.h5.lock} has a lock of the operating system's, which ends
 * with the process whatever ends that: what a killed one leaves behind does not block. Its text
 * says who holds it. The locked byte lies far behind the text, since Windows lets nobody read what
 * is locked.
 */
public final class SaveLock implements AutoCloseable {
  private static final long LOCKED_BYTE = 1L << 30;

  /** A holder that ends removes the file, maybe between another's opening it and locking it. */
  private static final int TRIES = 20;

  private static final int MOST_TEXT = 1000;

  /**
   * The lock files of this process, and their texts: the operating system's locks are per process,
   * and most systems end them as soon as the process closes the file, even after another opening.
   */
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  private final Path file;
  private final String holder;
  private final FileChannel channel;

  /** Holds a lock; the channel is null where the file system has no locks. */
  private SaveLock(Path file, String holder, FileChannel channel) {
    this.file = file;
    this.holder = holder;
    this.channel = channel;
  }

  /**
   * Takes the lock of a file that is going to be saved to.
   *
   * @param target the file, which need not be there; its folder must
   * @throws ModelFileException where another training has the lock, saying which; or where the lock
   *     file cannot be made
   */
  public static SaveLock take(Path target) {
    try {
      Path real = real(target);
      Path file = real.resolveSibling("." + real.getFileName() + ".lock");
      String text = LockHolder.self();
      String holder = HELD.putIfAbsent(file, text);
      if (holder != null) {
        throw held(target, holder);
      }
      try {
        return new SaveLock(file, text, lock(target, file, text));
      } catch (RuntimeException | IOException | Error e) {
        HELD.remove(file);
        throw e;
      }
    } catch (IOException e) {
      String reason = e instanceof FileSystemException of ? of.getReason() : e.getMessage();
      throw new ModelFileException(
          "cannot lock '"
              + target
              + "' for saving: "
              + Objects.requireNonNullElse(reason, "its folder takes no files"),
          e);
    }
  }

  /** Returns where a file is or will be: through links, as it will be written. */
  private static Path real(Path target) throws IOException {
    if (Files.exists(target)) {
      return target.toRealPath();
    }
    Path whole = target.toAbsolutePath().normalize();
    return whole.getParent().toRealPath().resolve(whole.getFileName());
  }

  private static FileChannel lock(Path target, Path file, String text) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      make(file);
      Object before = key(file);
      FileChannel channel = before == null ? null : open(file);
      if (channel == null) {
        continue;
      }
      try {
        if (!isLocked(target, channel)) {
          channel.close();
          return null;
        }
        if (before.equals(key(file))) {
          channel.truncate(0);
          channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
          return channel;
        }
      } catch (RuntimeException | IOException | Error e) {
        channel.close();
        throw e;
      }
      // It was removed meanwhile, and another process may have made and locked a new one.
      channel.close();
    }
    throw new IOException("other trainings take and leave it all the time");
  }

  private static void make(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Another's, or what a killed process has left.
      return;
    }
  }

  /** Returns what tells one file of a name from a later one; null where there is none. */
  private static Object key(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      // Windows has no keys.
      return Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Locks a file.
   *
   * @return false where the file system has no locks: files stay whole all the same, see {@link
   *     Replacement}
   * @throws ModelFileException where another process has locked it
   */
  private static boolean isLocked(Path target, FileChannel channel) throws IOException {
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) != null) {
        return true;
      }
    } catch (IOException e) {
      return false;
    }
    ByteBuffer text = ByteBuffer.allocate((int) Math.min(MOST_TEXT, channel.size()));
    InputFile.readFully(channel, text, 0);
    throw held(target, new String(text.array(), StandardCharsets.UTF_8));
  }

  private static ModelFileException held(Path target, String holder) {
    return new ModelFileException(
        "another training saves to '" + target + "'" + LockHolder.describe(holder));
  }

  /** Lets others save to the file. */
  @Override
  public void close() {
    try {
      if (channel != null && channel.isOpen()) {
        // The name goes first, while nobody else can have the lock.
        Files.deleteIfExists(file);
        channel.close();
      }
    } catch (IOException e) {
      // A lock file that stays behind does not block.
      return;
    } finally {
      HELD.remove(file, holder);
    }
  }
}
