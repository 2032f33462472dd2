package dev.lanewise.layer;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/**
 * A row of blocks that each put new channels beside those that they read (Huang et al., "Densely
 * Connected Convolutional Networks", CVPR 2017): all of them share rows that are wide enough for
 * the last, and nothing is copied but what the first reads.
 */
public final class Concatenation extends Layer {
  private final int kept;
  private final int added;
  private final int width;

  Concatenation(String name, int kept, int added, int width) {
    super(name);
    this.kept = kept;
    this.added = added;
    this.width = width;
  }

  /**
   * {@return the shape of the shared rows}
   *
   * @param in shape of what the first block reads
   */
  public Shape rowsShape(Shape in) {
    return in.withC(width);
  }

  /**
   * {@return the output's shape}
   *
   * @param in shape [N,H,W,kept] of what the block reads
   */
  public Shape outputShape(Shape in) {
    return in.withC(kept + added);
  }

  /** Returns the view of what the block reads. */
  Tensor kept(Tensor rows) {
    return rows.channels(0, kept);
  }

  /** Returns the view of what the block makes. */
  Tensor added(Tensor rows) {
    return rows.channels(kept, added);
  }

  /** Returns the view of both. */
  Tensor output(Tensor rows) {
    return rows.channels(0, kept + added);
  }

  /**
   * {@return this layer in a training pass}
   *
   * @param context the pass's
   * @param source what makes the channels that are added
   */
  public ConcatenationPass training(TrainingContext context, LayerTraining source) {
    return new ConcatenationPass(this, context.scratch());
  }

  /**
   * {@return this layer in an inference pass}
   *
   * @param context the pass's
   */
  public ConcatenationPass inference(InferenceContext context) {
    return new ConcatenationPass(this, context.scratch());
  }
}
