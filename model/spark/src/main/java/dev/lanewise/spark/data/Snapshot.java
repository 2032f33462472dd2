package dev.lanewise.spark.data;

import dev.lanewise.model.data.DataException;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.StratifiedSplit;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A snapshot that {@link Snapshots} has written, open for reading. */
public final class Snapshot implements AutoCloseable {
  private final SnapshotFiles files;

  /**
   * Opens a snapshot.
   *
   * @param hadoop the settings of its file system
   * @param folder where it is
   * @throws DataException where it is missing, was not written to its end, or is damaged
   */
  public Snapshot(Configuration hadoop, String folder) {
    files = new SnapshotFiles(hadoop, new Path(folder));
  }

  /** {@return the names of the classes, by class index} */
  public List<String> classNames() {
    return files.classNames();
  }

  /** {@return the digest of its images and labels} */
  public String fingerprint() {
    return files.manifest().fingerprint();
  }

  /**
   * {@return the images to train on, and those that the DataFrame's validation column or, where it
   * had none, a share holds out}
   *
   * @param shape the size that images are resized to when they are read, and the channels (1, 3 or
   *     4) that they are converted to
   * @param share of each class, from 0 to below 1; 0 for none
   * @param seed decides which images are held out
   * @throws DataException where both the column and a share hold images out
   */
  public DatasetPair images(ImageShape shape, double share, long seed) {
    int[] heldOut = files.images(true);
    if (heldOut.length > 0) {
      if (share > 0) {
        throw new DataException(
            "snapshot "
                + files.folder()
                + " holds images out as its validation column said, so that a share of "
                + share
                + " cannot be held out beside them");
      }
      return new DatasetPair(
          part("training part", files.images(false), shape),
          part("validation part", heldOut, shape));
    }
    StratifiedSplit split = StratifiedSplit.of(files.labels(), classNames().size(), share, seed);
    return new DatasetPair(
        part("training part", split.train(), shape),
        split.test().length == 0 ? null : part("held-out part", split.test(), shape),
        true);
  }

  private SnapshotImages part(String name, int[] images, ImageShape shape) {
    return new SnapshotImages(files, name, images, shape);
  }

  /** Closes the files; images can no longer be read then. */
  @Override
  public void close() {
    files.close();
  }
}
