package dev.lanewise.spark;

import org.apache.spark.sql.SparkSession;

/** Sessions for tests, on the loopback device alone. */
public final class LocalSpark {
  private LocalSpark() {}

  /**
   * Starts a session.
   *
   * @param master where its tasks run
   */
  public static SparkSession session(String master) {
    return builder(master).getOrCreate();
  }

  /** Returns what starts a session, for further settings. */
  public static SparkSession.Builder builder(String master) {
    return SparkSession.builder()
        .appName("test")
        .master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        // Compiling code for each query takes longer than the few rows of a test.
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse");
  }
}
