package dev.lanewise.benchmarks;

/** The flags of every JVM that runs kernels, as in the launch scripts. */
final class Jvm {
  static final String VECTOR = "--add-modules=jdk.incubator.vector";

  /** G1 puts large arrays where they are aligned. */
  static final String G1 = "-XX:+UseG1GC";

  static final String REGION = "-XX:G1HeapRegionSize=4m";

  private Jvm() {}
}
