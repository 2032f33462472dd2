package dev.lanewise.formats.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that take what is written until it is whole: hidden ones beside the target, {@code
 * .model.h5.<process>-<its start>-<number>.tmp}, locked while they are written. No two writers, of
 * whatever process, share one; those of processes that were killed are removed later.
 */
final class TemporaryFile {
  private static final RunningProcess SELF = RunningProcess.current();
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final Pattern OWNER = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})-[0-9]+\\.tmp");

  /**
   * A container does not see the processes of another one that it shares a folder with: what was
   * written just now is never taken for an orphan.
   */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private TemporaryFile() {}

  /** Returns a name that no other call, of any process, returns. */
  static Path of(Path target) {
    return target.resolveSibling(
        prefix(target) + SELF.pid() + "-" + SELF.start() + "-" + NUMBER.incrementAndGet() + ".tmp");
  }

  /**
   * Makes a file and opens it. The lock that it gets, where its file system has any, ends when it
   * is closed.
   */
  static FileChannel create(Path temporary) throws IOException {
    FileChannel file =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    isFree(file);
    return file;
  }

  /** Removes what killed processes have left of a target; what cannot be removed stays. */
  static void removeOrphans(Path target) {
    String prefix = prefix(target);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            target.getParent(), file -> file.getFileName().toString().startsWith(prefix))) {
      for (Path file : files) {
        if (isOrphan(file, prefix)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // They do no harm: the next save tries again.
      return;
    }
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  private static boolean isOrphan(Path file, String prefix) throws IOException {
    Matcher owner = OWNER.matcher(file.getFileName().toString().substring(prefix.length()));
    if (!owner.matches()) {
      return false;
    }
    RunningProcess process =
        new RunningProcess(Long.parseLong(owner.group(1)), Long.parseLong(owner.group(2)));
    Instant fresh = Instant.now().minus(FRESH);
    if (process.isAlive() || Files.getLastModifiedTime(file).toInstant().isAfter(fresh)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return isFree(channel);
    }
  }

  /** Locks a file until it is closed; returns whether no other process has. */
  private static boolean isFree(FileChannel file) {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another thread of this process looks at it.
      return false;
    } catch (IOException e) {
      // Some network file systems have no locks.
      return true;
    }
  }
}
