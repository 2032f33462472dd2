package dev.lanewise.network;

import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.InferenceContext;
import dev.lanewise.layer.TrainingContext;
import dev.lanewise.tensor.Shape;

/**
 * A part of a network, of one or more layers: the stem, a residual block, the tail or the head.
 * Implementations are generated. A block is a definition: it makes passes, which hold the tensors
 * that they work with, so that any number of them can stand side by side.
 */
public interface Block {
  /**
   * {@return the shape of the output}
   *
   * @param in shape of the input
   * @throws IllegalArgumentException where the input is too small, naming the layer
   */
  Shape outputShape(Shape in);

  /**
   * Makes this block's part of a training pass.
   *
   * @param context what the pass's layers share
   * @return the part, yet to be planned for a batch size
   */
  BlockTraining training(TrainingContext context);

  /**
   * Makes this block's part of an inference pass.
   *
   * @param context what the pass's layers work with
   * @return the part, yet to be planned for a batch size
   */
  BlockInference inference(InferenceContext context);

  /**
   * Folds the normalisations into the convolutions.
   *
   * @param weights receive the result
   */
  void fold(FoldedWeights weights);

  /**
   * Adds the block's layers to a description of the network.
   *
   * @param graph the description
   * @param x name of the layer that makes the block's input
   * @return name of the layer that makes the block's output
   */
  String describe(GraphBuilder graph, String x);
}
