package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.norm.JoinKernel;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Tensor;

/** The end of a block: out = activation(bn(y) + shortcut), in one pass. */
public final class Join {
  private final JoinKernel kernel;
  private final Epilogue gradientSums;

  private Join(
      UnitEnd end,
      Tensor y,
      Tensor gate,
      UnitEnd end1,
      Tensor shortcut,
      Activation activation,
      Tensor out) {
    this.kernel =
        new JoinKernel(
            end.context().scratch(),
            end.norm(),
            y,
            gate,
            end1 == null ? null : end1.norm(),
            shortcut,
            PointwiseFunctions.of(activation),
            out);
    this.gradientSums = kernel.gradientSums();
    if (gate == null && shortcut != null && end instanceof BatchNormTraining bn) {
      end.context().addBranch(bn);
    }
  }

  /**
   * A block without shortcut: out = activation(bn(y)).
   *
   * @param end normalisation of y, or the convolution itself where it has none
   * @param y raw output of the block's last convolution, [N,H,W,C]
   * @param activation follows the normalisation; NONE for none
   * @param out of y's shape; {@link #forward} overwrites it
   * @return the end of one block for one batch size
   */
  public static Join plain(UnitEnd end, Tensor y, Activation activation, Tensor out) {
    return new Join(end, y, null, null, null, activation, out);
  }

  /**
   * An identity shortcut: out = activation(bn(y) + x).
   *
   * @param end normalisation of y, or the convolution itself where it has none
   * @param y raw output of the block's last convolution, [N,H,W,C]
   * @param x input of the block, of y's shape
   * @param activation of the sum; NONE for none
   * @param out of y's shape, overwritten by {@link #forward}; may be x where the result tells the
   *     activation's derivative
   * @return the end of one block for one batch size
   */
  public static Join identity(UnitEnd end, Tensor y, Tensor x, Activation activation, Tensor out) {
    return new Join(end, y, null, null, x, activation, out);
  }

  /**
   * A projection: out = activation(bn(y) + bn1(y1)).
   *
   * @param end normalisation of y, or the convolution itself where it has none
   * @param y raw output of the block's last convolution, [N,H,W,C]
   * @param end1 normalisation of y1
   * @param y1 raw output of the shortcut's convolution, of y's shape
   * @param activation of the sum; NONE for none
   * @param out of y's shape, overwritten by {@link #forward}; may be y1 where the result tells the
   *     activation's derivative
   * @return the end of one block for one batch size
   */
  public static Join projection(
      UnitEnd end, Tensor y, UnitEnd end1, Tensor y1, Activation activation, Tensor out) {
    return new Join(end, y, null, end1, y1, activation, out);
  }

  /**
   * A gate without shortcut: out = activation(bn(y) * values).
   *
   * @param end normalisation of y, or the convolution itself where it has none
   * @param y raw output of the block's last convolution, [N,H,W,C]
   * @param gate the multiplication
   * @param values of the gate, [N,1,1,C], used as they are when {@link #forward} reads them
   * @param activation follows the product; NONE for none
   * @param out of y's shape; {@link #forward} overwrites it
   * @return the end of one block for one batch size
   */
  public static Join gatedPlain(
      UnitEnd end, Tensor y, GateTraining gate, Tensor values, Activation activation, Tensor out) {
    return new Join(end, y, values, null, null, activation, out);
  }

  /**
   * A gate in front of an identity: out = activation(bn(y) * values + x).
   *
   * @param end normalisation of y, or the convolution itself where it has none
   * @param y raw output of the block's last convolution, [N,H,W,C]
   * @param gate the multiplication
   * @param values of the gate, [N,1,1,C], used as they are when {@link #forward} reads them
   * @param x input of the block, of y's shape
   * @param activation of the sum; NONE for none
   * @param out of y's shape, overwritten by {@link #forward}; may be x where the result tells the
   *     activation's derivative
   * @return the end of one block for one batch size
   */
  public static Join gatedIdentity(
      UnitEnd end,
      Tensor y,
      GateTraining gate,
      Tensor values,
      Tensor x,
      Activation activation,
      Tensor out) {
    end.context().addBranch(gate);
    return new Join(end, y, values, null, x, activation, out);
  }

  /**
   * A gate in front of a projection: out = activation(bn(y) * values + bn1(y1)).
   *
   * @param end normalisation of y, or the convolution itself where it has none
   * @param y raw output of the block's last convolution, [N,H,W,C]
   * @param gate the multiplication
   * @param values of the gate, [N,1,1,C], used as they are when {@link #forward} reads them
   * @param end1 normalisation of y1
   * @param y1 raw output of the shortcut's convolution, of y's shape
   * @param activation of the sum; NONE for none
   * @param out of y's shape, overwritten by {@link #forward}; may be y1 where the result tells the
   *     activation's derivative
   * @return the end of one block for one batch size
   */
  public static Join gatedProjection(
      UnitEnd end,
      Tensor y,
      GateTraining gate,
      Tensor values,
      UnitEnd end1,
      Tensor y1,
      Activation activation,
      Tensor out) {
    end.context().addBranch(gate);
    return new Join(end, y, values, end1, y1, activation, out);
  }

  /** Writes out. */
  public void forward() {
    kernel.forward();
  }

  /**
   * Multiplies a gradient of out by the activation's derivative and adds up dbeta and dgamma of
   * each normalisation that the join adds.
   *
   * @return what the maker of out's gradient passes it through
   */
  public Epilogue gradientSums() {
    return gradientSums;
  }
}
