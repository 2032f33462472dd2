package dev.lanewise.spark.run;

import dev.lanewise.model.error.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of one training on a Hadoop file system: what is trained, its last checkpoints and in
 * the end the model. A file gets its name once it is complete.
 */
final class CheckpointStore {
  private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d{6,18})\\.h5");
  private static final String MODEL = "model.h5";
  private static final String SETTINGS = "training.json";
  private static final String TEMPORARY = "_temporary-";

  /** Checkpoints that are kept: should the last be unreadable, there is one more. */
  private static final int KEPT = 2;

  private final Path folder;
  private final FileSystem system;

  /**
   * Opens a folder.
   *
   * @throws ModelException where its file system cannot be reached
   */
  CheckpointStore(Configuration hadoop, String folder) {
    this.folder = new Path(folder);
    try {
      system = this.folder.getFileSystem(hadoop);
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelException(
          "the folder of checkpoints " + folder + " cannot be reached: " + e.getMessage(), e);
    }
  }

  /**
   * Makes the folder, or goes on with that of the same training.
   *
   * @param settings equal for equal trainings
   * @throws ModelException where it is another training's, or cannot be written
   */
  void claim(String settings) {
    Path file = new Path(folder, SETTINGS);
    try {
      if (!system.exists(file)) {
        if (system.exists(folder) && system.listStatus(folder).length > 0) {
          throw new ModelException(
              "the folder of checkpoints requires a new or empty folder, got " + folder);
        }
        system.mkdirs(folder);
        write(settings, file);
        return;
      }
      removeTemporary();
      if (read(file).equals(settings)) {
        return;
      }
      if (newest().isPresent() || isDone()) {
        throw new ModelException(
            "the folder of checkpoints "
                + folder
                + " holds another training, with other settings or images; remove it, or name"
                + " another folder");
      }
      // Of a training that has left nothing, there is nothing to lose.
      system.delete(file, false);
      write(settings, file);
    } catch (IOException e) {
      throw new StorageException("use the folder of checkpoints " + folder, e);
    }
  }

  private String read(Path file) throws IOException {
    try (FSDataInputStream in = system.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void write(String text, Path file) throws IOException {
    Path temporary = temporary();
    try (FSDataOutputStream out = system.create(temporary, false)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    rename(temporary, file);
  }

  private Path temporary() {
    return new Path(folder, TEMPORARY + UUID.randomUUID());
  }

  private void rename(Path from, Path to) throws IOException {
    if (!system.rename(from, to)) {
      throw new IOException(from + " cannot be renamed to " + to.getName());
    }
  }

  /** Removes what attempts have left that did not come to its end. */
  private void removeTemporary() throws IOException {
    for (FileStatus status : system.listStatus(folder)) {
      if (status.getPath().getName().startsWith(TEMPORARY)) {
        system.delete(status.getPath(), false);
      }
    }
  }

  /** Returns the number of the newest checkpoint; empty where there is none. */
  OptionalLong newest() {
    return numbers().stream().mapToLong(Long::longValue).max();
  }

  private List<Long> numbers() {
    try {
      List<Long> numbers = new ArrayList<>();
      for (FileStatus status : system.listStatus(folder)) {
        Matcher matcher = CHECKPOINT.matcher(status.getPath().getName());
        if (matcher.matches()) {
          numbers.add(Long.parseLong(matcher.group(1)));
        }
      }
      numbers.sort(null);
      return numbers;
    } catch (IOException e) {
      throw new StorageException("list the folder of checkpoints " + folder, e);
    }
  }

  /** Returns where a checkpoint is. */
  Path checkpoint(long number) {
    return new Path(folder, String.format(Locale.ROOT, "checkpoint-%06d.h5", number));
  }

  /** Returns where the trained model is, or will be. */
  Path model() {
    return system.makeQualified(new Path(folder, MODEL));
  }

  /** Returns whether the training is done. */
  boolean isDone() {
    try {
      return system.exists(model());
    } catch (IOException e) {
      throw new StorageException("read " + model(), e);
    }
  }

  /**
   * Keeps a checkpoint, and removes those that are too old.
   *
   * @param local a complete file
   * @return where it is kept
   * @throws ModelException where it cannot be kept
   */
  Path addCheckpoint(java.nio.file.Path local) {
    Path kept = checkpoint(newest().orElse(0) + 1);
    put(local, kept);
    List<Long> numbers = numbers();
    try {
      for (long old : numbers.subList(0, Math.max(0, numbers.size() - KEPT))) {
        system.delete(checkpoint(old), false);
      }
    } catch (IOException e) {
      throw new StorageException("remove an older checkpoint from " + folder, e);
    }
    return kept;
  }

  /** Keeps the trained model. */
  void putModel(java.nio.file.Path local) {
    put(local, model());
  }

  private void put(java.nio.file.Path local, Path to) {
    Path temporary = temporary();
    try {
      system.copyFromLocalFile(false, true, new Path(local.toUri()), temporary);
      rename(temporary, to);
    } catch (IOException e) {
      throw new StorageException("keep " + to, e);
    }
  }

  /** Copies a file of the folder to this machine. */
  void get(Path from, java.nio.file.Path local) {
    try {
      // The raw file system leaves no file of checksums beside the copy.
      system.copyToLocalFile(false, from, new Path(local.toUri()), true);
    } catch (IOException e) {
      throw new StorageException("read " + from, e);
    }
  }
}
