package dev.lanewise.processor.spec;

import java.util.List;

/**
 * A network.
 *
 * @param packageName package of the type that declares it; empty for the unnamed package
 * @param name simple name of that type
 * @param channels channels of the input images
 * @param batchNorm how every batch normalisation works
 * @param initializer how kernels start, where a block does not say otherwise
 * @param names how layers are named
 * @param stem what comes before the stages
 * @param stages the stages, in order
 * @param tail what follows them in the trunk; null for nothing
 * @param head what follows
 */
public record NetworkSpec(
    String packageName,
    String name,
    int channels,
    BatchNormSpec batchNorm,
    InitializerSpec initializer,
    NamesSpec names,
    StemSpec stem,
    List<StageSpec> stages,
    TailSpec tail,
    HeadSpec head) {
  /** Copies the list. */
  public NetworkSpec {
    stages = List.copyOf(stages);
  }
}
