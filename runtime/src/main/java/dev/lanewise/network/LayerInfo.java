package dev.lanewise.network;

import java.util.List;

/**
 * A layer as a summary shows it.
 *
 * @param name the layer's name
 * @param type Keras's class name: {@code "Conv2D"}, {@code "BatchNormalization"}...
 * @param outputShape extents of the output for one image, without the batch: [H,W,C] or [units]
 * @param trainable number of values that gradients train
 * @param nonTrainable number of values that the layer keeps itself
 * @param inputs names of the layers whose outputs it reads
 */
public record LayerInfo(
    String name,
    String type,
    List<Integer> outputShape,
    long trainable,
    long nonTrainable,
    List<String> inputs) {
  /** Copies the lists. */
  public LayerInfo {
    outputShape = List.copyOf(outputShape);
    inputs = List.copyOf(inputs);
  }
}
