package dev.lanewise.spark.run;

import dev.lanewise.model.error.ModelException;
import java.io.IOException;

/** The folder of checkpoints cannot be read or written now; that may pass. */
final class StorageException extends ModelException {
  private static final long serialVersionUID = 1;

  /**
   * Says what failed.
   *
   * @param what part of a sentence: {@code "read hdfs:///a"}
   */
  StorageException(String what, IOException cause) {
    super("cannot " + what + ": " + cause.getMessage(), cause);
  }
}
