package dev.lanewise.spark.run;

import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.spark.data.Snapshot;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/** Images that every worker can read by itself. */
public sealed interface TrainingData extends Serializable {
  /** Images that are open, until they are closed. */
  interface Open extends AutoCloseable {
    /** {@return those to train on and those that are held out} */
    DatasetPair pair();

    @Override
    void close();
  }

  /**
   * Opens the images.
   *
   * @param hadoop the settings of Hadoop file systems
   * @param shape what images are brought to
   * @return the images
   * @throws dev.lanewise.model.data.DataException where they cannot be read
   */
  Open open(Configuration hadoop, ImageShape shape);

  /**
   * {@return a text that is equal for equal images}
   *
   * @param hadoop the settings of Hadoop file systems
   */
  String identity(Configuration hadoop);

  /**
   * A snapshot of a DataFrame.
   *
   * @param folder where it is, on a file system that all workers see
   * @param share of each class that is held out of training, where the snapshot holds none out
   * @param seed decides which images are held out
   */
  record OfSnapshot(String folder, double share, long seed) implements TrainingData {
    private static final long serialVersionUID = 1;

    @Override
    public Open open(Configuration hadoop, ImageShape shape) {
      Snapshot snapshot = new Snapshot(hadoop, folder);
      try {
        DatasetPair pair = snapshot.images(shape, share, seed);
        return new Opened(pair, snapshot);
      } catch (RuntimeException | Error e) {
        snapshot.close();
        throw e;
      }
    }

    @Override
    public String identity(Configuration hadoop) {
      try (Snapshot snapshot = new Snapshot(hadoop, folder)) {
        return "snapshot " + snapshot.fingerprint() + held(share, seed);
      }
    }
  }

  /**
   * A data set that {@link Datasets#open} opens, at a path that is the same on all workers.
   *
   * @param path a folder or file
   * @param share of each class that is held out of training, where the data set has no test part
   * @param seed decides which images are held out
   */
  record OfPath(String path, double share, long seed) implements TrainingData {
    private static final long serialVersionUID = 1;

    @Override
    public Open open(Configuration hadoop, ImageShape shape) {
      return new Opened(Datasets.open(Path.of(path), shape, share, seed), null);
    }

    @Override
    public String identity(Configuration hadoop) {
      return "path " + path + held(share, seed);
    }
  }

  private static String held(double share, long seed) {
    return share == 0 ? "" : ", holding out " + share + " by seed " + seed;
  }

  /**
   * Images and what has to be closed with them.
   *
   * @param pair the images
   * @param snapshot where they come from; null where nothing has to be closed
   */
  record Opened(DatasetPair pair, Snapshot snapshot) implements Open {
    @Override
    public void close() {
      if (snapshot != null) {
        snapshot.close();
      }
    }
  }
}
