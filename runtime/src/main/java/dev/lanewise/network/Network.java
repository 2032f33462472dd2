package dev.lanewise.network;

import dev.lanewise.layer.Layers;
import dev.lanewise.layer.Parameter;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Optimizer;
import java.util.List;

/** A network: blocks in a row and their parameters. Subclasses are generated. */
public abstract class Network {
  /**
   * Starts a network without blocks.
   *
   * @param name the spec's simple name
   * @param channels channels of the input images
   */
  protected Network(
      String name,
      NetworkOptions options,
      int channels,
      double momentum,
      double epsilon,
      BatchNorm.Mode mode) {
    throw new UnsupportedOperationException();
  }

  /** Returns the maker of layers. */
  protected final Layers layers() {
    throw new UnsupportedOperationException();
  }

  /** Appends a block; the generated constructor calls it in the order of the spec. */
  protected final void add(Block block) {
    throw new UnsupportedOperationException();
  }

  /** Returns the shape, for one image, of what the blocks so far put out. */
  protected final Shape featureShape() {
    throw new UnsupportedOperationException();
  }

  /** Returns the number of classes. */
  public final int classes() {
    throw new UnsupportedOperationException();
  }

  /** Returns the spec's simple name. */
  public final String name() {
    throw new UnsupportedOperationException();
  }

  /** Returns the shape [n,H,W,C] of a batch of n images. */
  public final Shape inputShape(int n) {
    throw new UnsupportedOperationException();
  }

  /** Returns all parameters, in the order of the layers. */
  public final List<Parameter> parameters() {
    throw new UnsupportedOperationException();
  }

  /** Returns all layers, input first, as Keras lists them. */
  public final List<LayerInfo> layerInfos() {
    throw new UnsupportedOperationException();
  }

  /** Draws all parameters anew from the initialisers; called by the generated constructor. */
  public final void initialize() {
    throw new UnsupportedOperationException();
  }

  /**
   * Plans training for a batch size (cheap where it is the last one's) and returns the input tensor
   * [n,H,W,C], which the caller fills before {@link #forwardBackward}.
   */
  public final Tensor trainingInput(int n) {
    throw new UnsupportedOperationException();
  }

  /**
   * Forward pass, softmax cross-entropy and backward pass over the training input. Batch norm
   * updates its moving statistics. Allocates nothing after the first call per batch size.
   *
   * @param labels class of each image; at least n values, n as planned
   * @return mean loss of the batch
   */
  public final double forwardBackward(int[] labels) {
    throw new UnsupportedOperationException();
  }

  /** Returns the class probabilities [n,1,1,classes] of the last {@link #forwardBackward}. */
  public final Tensor trainingProbabilities() {
    throw new UnsupportedOperationException();
  }

  /** Changes the trainable parameters by one step of an optimiser. */
  public final void update(Optimizer optimizer) {
    throw new UnsupportedOperationException();
  }

  /**
   * Plans inference for a batch size and returns the input tensor [n,H,W,C], which the caller fills
   * before {@link #infer}. Folds the normalisations where parameters have changed.
   */
  public final Tensor inferenceInput(int n) {
    throw new UnsupportedOperationException();
  }

  /** Returns the class probabilities [n,1,1,classes] of the inference input. */
  public final Tensor infer() {
    throw new UnsupportedOperationException();
  }

  /** Returns the bytes that activations and gradients of a training step of n images take. */
  public final long trainingArenaBytes(int n) {
    throw new UnsupportedOperationException();
  }
}
