package dev.lanewise.network;

import java.util.List;

/**
 * A layer as Keras would list it.
 *
 * @param name the layer's name
 * @param block name of the block that it belongs to: {@code "stem"}, {@code "2a"}, {@code "head"};
 *     empty for the input
 * @param config what it is told to do
 * @param outputShape extents of the output for one image, without the batch: [H,W,C] or [units]
 * @param trainable number of values that gradients train; none of a frozen layer
 * @param nonTrainable number of values that the layer keeps itself, or that are frozen
 * @param inputs names of the layers whose outputs it reads
 */
public record LayerInfo(
    String name,
    String block,
    LayerConfig config,
    List<Integer> outputShape,
    long trainable,
    long nonTrainable,
    List<String> inputs) {
  /** Copies the lists. */
  public LayerInfo {
    outputShape = List.copyOf(outputShape);
    inputs = List.copyOf(inputs);
  }

  /** {@return Keras's class name: {@code "Conv2D"}, {@code "BatchNormalization"} and so on} */
  public String type() {
    return config.type();
  }
}
