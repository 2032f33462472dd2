package dev.lanewise.layer;

import dev.lanewise.kernel.Copy;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** A concatenation in a pass. The views serve maps and their gradients alike. */
public final class ConcatenationPass {
  private final Concatenation layer;
  private final Copy copy;

  ConcatenationPass(Concatenation layer, Scratch scratch) {
    this.layer = layer;
    this.copy = new Copy(scratch);
  }

  /**
   * {@return the shape of the shared rows}
   *
   * @param in shape of what the first block reads
   */
  public Shape rowsShape(Shape in) {
    return layer.rowsShape(in);
  }

  /**
   * {@return the channels that the block reads}
   *
   * @param rows the shared rows, or the first channels of them
   */
  public Tensor kept(Tensor rows) {
    return layer.kept(rows);
  }

  /**
   * {@return the channels that the block makes}
   *
   * @param rows the shared rows, or the first channels of them
   */
  public Tensor added(Tensor rows) {
    return layer.added(rows);
  }

  /**
   * {@return the channels that the block reads and those that it makes}
   *
   * @param rows the shared rows, or the first channels of them
   */
  public Tensor output(Tensor rows) {
    return layer.output(rows);
  }

  /**
   * Copies what the first block reads into the shared rows.
   *
   * @param src [N,H,W,kept]
   * @param kept of the same shape, overwritten
   */
  public void copy(Tensor src, Tensor kept) {
    copy.run(src, kept);
  }
}
