package dev.lanewise.layer;

/**
 * A layer in a training pass, and how much of the backward pass is needed of it.
 *
 * <p>A frozen layer's parameters stay as they are, so their gradients are not formed. Where nothing
 * that makes a layer's input is trained, no one reads the input's gradient, and it is not formed
 * either: its array then holds what it held before.
 */
public abstract class LayerTraining {
  private final boolean frozen;
  private final boolean inputTrained;
  private final boolean outputTrained;

  /** What a block reads: no layer of the block itself. */
  LayerTraining(boolean trained) {
    this.frozen = true;
    this.inputTrained = trained;
    this.outputTrained = trained;
  }

  /**
   * Starts a layer that reads what another makes.
   *
   * @param layer the definition
   * @param source what makes the layer's input
   */
  LayerTraining(TrainingContext context, Layer layer, LayerTraining source) {
    this.frozen = layer.frozen();
    this.inputTrained = source.outputTrained;
    this.outputTrained = inputTrained || (layer.trainable() && !frozen);
    context.add(this);
  }

  /** Returns whether the layer was frozen when the pass was planned. */
  final boolean frozen() {
    return frozen;
  }

  /** Returns whether anything is trained that the input depends on. */
  final boolean inputTrained() {
    return inputTrained;
  }

  /** Returns whether anything is trained that the output depends on. */
  final boolean outputTrained() {
    return outputTrained;
  }
}
