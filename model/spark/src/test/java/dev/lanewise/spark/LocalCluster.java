package dev.lanewise.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A cluster of processes on this machine, on the loopback device alone. */
public final class LocalCluster {
  private LocalCluster() {}

  /**
   * Starts the driver's session; executors of one core follow.
   *
   * @param executors how many
   */
  public static SparkSession session(int executors) throws IOException {
    // Spark asks for a home with jars; the classes come from this process's class path.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME")).resolve("jars"));
    return LocalSpark.builder("local-cluster[" + executors + ",1,1024]")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.executor.extraJavaOptions", "-XX:+UseG1GC -XX:G1HeapRegionSize=4m")
        .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
        .config("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1")
        .config("spark.executor.memory", "1g")
        .getOrCreate();
  }

  /** Returns the processes of the executors: this process starts no others. */
  public static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .children()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .toList();
  }
}
