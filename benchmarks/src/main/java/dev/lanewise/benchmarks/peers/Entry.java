package dev.lanewise.benchmarks.peers;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be measured: a contender in one of its ways of working. */
enum Entry {
  LANEWISE("lanewise", "Lanewise", null, "LanewiseContender", ""),
  LANEWISE_FUSED(
      "lanewise-fused", "Lanewise, fused", null, "LanewiseContender", LanewiseContender.FUSED),
  DJL("djl", "DJL (PyTorch)", "djl", "djl.DjlContender", ""),
  BYTEDECO("bytedeco", "Bytedeco (libtorch)", "bytedeco", "bytedeco.BytedecoContender", ""),
  BYTEDECO_CHANNELS_LAST(
      "bytedeco-channels-last",
      "Bytedeco, channels last",
      "bytedeco",
      "bytedeco.BytedecoContender",
      "channels-last"),
  DEEPLEARNING4J(
      "deeplearning4j",
      "Deeplearning4j",
      "deeplearning4j",
      "deeplearning4j.Deeplearning4jContender",
      "");

  private final String id;
  private final String label;
  private final String module;
  private final String contender;
  private final String variant;

  Entry(String id, String label, String module, String contender, String variant) {
    this.id = id;
    this.label = label;
    this.module = module;
    this.contender = Entry.class.getPackageName() + "." + contender;
    this.variant = variant;
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
    return module;
  }

  /** Returns the contender's class. */
  String contender() {
    return contender;
  }

  /** Returns how it works; empty for the usual way. */
  String variant() {
    return variant;
  }
}
