package dev.lanewise.benchmarks;

import java.util.List;

/** The flags of every JVM that runs kernels, as in the launch scripts. */
public final class Jvm {
  /** The module that the kernels are written with. */
  public static final String VECTOR = "--add-modules=jdk.incubator.vector";

  /** G1 puts large arrays where they are aligned. */
  public static final String G1 = "-XX:+UseG1GC";

  /** The size of G1's regions, whose starts are what arrays are aligned to. */
  public static final String REGION = "-XX:G1HeapRegionSize=4m";

  /** A heap that grows by need alone: nearly all memory is in a few arrays that live long. */
  public static final List<String> HEAP =
      List.of(
          "-Xmn32m",
          "-XX:MinHeapFreeRatio=5",
          "-XX:MaxHeapFreeRatio=15",
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:G1ExpandByPercentOfAvailable=0");

  private Jvm() {}
}
