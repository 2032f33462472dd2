package dev.lanewise.spark.ml;

import dev.lanewise.model.Classifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.SparkEnv;

/**
 * The classifiers of this process, which its tasks share: of each model one. One that no task uses
 * is kept for the next, until another is needed.
 */
final class SharedClassifiers {
  private static final Map<String, Shared> ALL = new HashMap<>();

  private SharedClassifiers() {}

  /** A classifier and how many tasks use it. Guarded by {@link #ALL}. */
  private static final class Shared {
    private final Classifier classifier;
    private int users;

    Shared(Classifier classifier) {
      this.classifier = classifier;
    }
  }

  /**
   * A classifier for a task, until it is closed.
   *
   * @param shared what it belongs to
   */
  record Lease(Shared shared) implements AutoCloseable {
    Classifier classifier() {
      return shared.classifier;
    }

    @Override
    public void close() {
      synchronized (ALL) {
        shared.users--;
      }
    }
  }

  /**
   * Returns the classifier of a model.
   *
   * @param digest of the file
   * @param file the model's
   * @param threads that classify; 0 for the executor's cores
   */
  static Lease lease(String digest, byte[] file, int threads) {
    synchronized (ALL) {
      Shared shared = ALL.get(digest);
      if (shared == null) {
        closeUnused();
        shared = new Shared(load(file, threads == 0 ? cores() : threads));
        ALL.put(digest, shared);
      }
      shared.users++;
      return new Lease(shared);
    }
  }

  private static void closeUnused() {
    Iterator<Shared> all = ALL.values().iterator();
    while (all.hasNext()) {
      Shared shared = all.next();
      if (shared.users == 0) {
        all.remove();
        shared.classifier.close();
      }
    }
  }

  private static Classifier load(byte[] file, int threads) {
    try {
      return Classifier.load(new ByteArrayInputStream(file), threads);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the model on this executor's disk", e);
    }
  }

  private static int cores() {
    return SparkEnv.get()
        .conf()
        .getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
  }
}
