package dev.lanewise.benchmarks.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What can be measured: a contender in one of its ways of working. */
enum Entry {
  LANEWISE("lanewise", "Lanewise", Build.OWN, "", Memory.RETURNED),
  LANEWISE_FUSED(
      "lanewise-fused", "Lanewise, fused", Build.OWN, LanewiseContender.FUSED, Memory.RETURNED),
  DJL("djl", "DJL (PyTorch)", Build.DJL, "", Memory.RETURNED),
  DJL_KEPT("djl-kept", "DJL, memory kept", Build.DJL, "", Memory.KEPT),
  BYTEDECO("bytedeco", "Bytedeco (libtorch)", Build.BYTEDECO, "", Memory.RETURNED),
  BYTEDECO_KEPT("bytedeco-kept", "Bytedeco, memory kept", Build.BYTEDECO, "", Memory.KEPT),
  BYTEDECO_CHANNELS_LAST(
      "bytedeco-channels-last",
      "Bytedeco, channels last",
      Build.BYTEDECO,
      "channels-last",
      Memory.RETURNED),
  BYTEDECO_CHANNELS_LAST_KEPT(
      "bytedeco-channels-last-kept",
      "Bytedeco, ch. last, kept",
      Build.BYTEDECO,
      "channels-last",
      Memory.KEPT),
  BYTEDECO_BF16(
      "bytedeco-bf16", "Bytedeco, bf16, kept", Build.BYTEDECO, "bf16-autocast", Memory.KEPT),
  ONNX_RUNTIME("onnxruntime", "ONNX Runtime", Build.ONNX_RUNTIME, "", Memory.KEPT),
  DEEPLEARNING4J("deeplearning4j", "Deeplearning4j", Build.DEEPLEARNING4J, "", Memory.RETURNED);

  /** What a contender is built of. */
  private enum Build {
    OWN(null, "LanewiseContender"),
    DJL("djl", "djl.DjlContender"),
    BYTEDECO("bytedeco", "bytedeco.BytedecoContender"),
    ONNX_RUNTIME("onnxruntime", "onnxruntime.OnnxRuntimeContender"),
    DEEPLEARNING4J("deeplearning4j", "deeplearning4j.Deeplearning4jContender");

    private final String module;
    private final String contender;

    Build(String module, String contender) {
      this.module = module;
      this.contender = Entry.class.getPackageName() + "." + contender;
    }
  }

  /** What the C library does with memory that a native library frees. */
  private enum Memory {
    /**
     * As usual: large parts go back to the system, and are mapped anew when they are next asked.
     */
    RETURNED,
    /** It stays with the process; of glibc alone. */
    KEPT
  }

  private static final Map<String, String> KEEP =
      Map.of(
          "MALLOC_MMAP_THRESHOLD_", "4294967296",
          "MALLOC_TRIM_THRESHOLD_", "17179869184",
          "MALLOC_TOP_PAD_", "268435456");

  private final String id;
  private final String label;
  private final Build build;
  private final String variant;
  private final Memory memory;

  Entry(String id, String label, Build build, String variant, Memory memory) {
    this.id = id;
    this.label = label;
    this.build = build;
    this.variant = variant;
    this.memory = memory;
  }

  /** Returns all that are not Lanewise and compute with 32 bits. */
  static List<Entry> peers() {
    return Arrays.stream(values())
        .filter(entry -> entry.build != Build.OWN && entry != BYTEDECO_BF16)
        .toList();
  }

  /** Returns what the process's environment has besides its parent's. */
  Map<String, String> environment() {
    return memory == Memory.KEPT ? KEEP : Map.of();
  }

  /** Returns the entry that an id names; fails with a sentence that lists all. */
  static Entry of(String id) {
    return Arrays.stream(values())
        .filter(entry -> entry.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new PeersException(
                    "wanted contenders among "
                        + Arrays.stream(values()).map(Entry::id).collect(Collectors.joining(", "))
                        + ", got '"
                        + id
                        + "'"));
  }

  /** Returns the name in options and files. */
  String id() {
    return id;
  }

  /** Returns the name in tables and charts. */
  String label() {
    return label;
  }

  /** Returns the folder of the contender's build; null where it comes with the benchmarks. */
  String module() {
    return build.module;
  }

  /** Returns the contender's class. */
  String contender() {
    return build.contender;
  }

  /** Returns how it works; empty for the usual way. */
  String variant() {
    return variant;
  }
}
