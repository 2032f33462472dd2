package dev.lanewise.spark.run;

import com.google.gson.Gson;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a worker tells all others before they connect.
 *
 * @param host where it listens
 * @param port where it listens
 * @param refusal why it cannot take part, for the user; null where it can
 */
record Introduction(String host, int port, String refusal) {
  private static final Gson GSON = new Gson();

  /** What Spark asks of a Java 25, too: older ones crash (JDK-8377811). */
  private static final Runtime.Version LEAST_JAVA = Runtime.Version.parse("25.0.3");

  /** Returns why this process cannot work; null where it can. */
  static String refusal(String host) {
    return refusal(
        host, Runtime.version(), ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
  }

  static String refusal(String host, Runtime.Version java, boolean hasVectors) {
    if (java.compareToIgnoreOptional(LEAST_JAVA) < 0) {
      return "workers require Java "
          + LEAST_JAVA
          + " or later, and "
          + host
          + " has "
          + java
          + "; set spark.executorEnv.JAVA_HOME";
    }
    if (!hasVectors) {
      return "workers require the module jdk.incubator.vector, and Java on "
          + host
          + " runs without it; add --add-modules=jdk.incubator.vector to"
          + " spark.executor.extraJavaOptions or, with a local master, to"
          + " spark.driver.extraJavaOptions";
    }
    return null;
  }

  String text() {
    return GSON.toJson(this);
  }

  static List<Introduction> parse(String[] texts) {
    return List.of(texts).stream().map(text -> GSON.fromJson(text, Introduction.class)).toList();
  }

  /** Returns why workers cannot take part, that of the first of them. */
  static Optional<String> refusal(List<Introduction> all) {
    return all.stream().map(Introduction::refusal).filter(text -> text != null).findFirst();
  }

  /** Returns where workers listen; the ranks are the numbers of their tasks. */
  static List<InetSocketAddress> addresses(List<Introduction> all) {
    return all.stream().map(worker -> new InetSocketAddress(worker.host, worker.port)).toList();
  }
}
