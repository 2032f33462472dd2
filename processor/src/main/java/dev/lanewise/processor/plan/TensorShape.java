package dev.lanewise.processor.plan;

/** Where a tensor's shape comes from. */
public sealed interface TensorShape {
  /** Returns the tensor whose shape it is, or a layer makes it of. */
  Value.Tensor source();

  /**
   * The shape of another tensor.
   *
   * @param source the other tensor
   */
  record Same(Value.Tensor source) implements TensorShape {}

  /**
   * The shape of the rows that concatenating blocks share.
   *
   * @param layer the first block's concatenation
   * @param source what that block reads
   */
  record Rows(Value.Layer layer, Value.Tensor source) implements TensorShape {}

  /**
   * The shape of a layer's output.
   *
   * @param layer the layer
   * @param source the layer's input
   */
  record Output(Value.Layer layer, Value.Tensor source) implements TensorShape {}
}
