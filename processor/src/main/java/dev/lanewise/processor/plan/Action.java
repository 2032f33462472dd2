package dev.lanewise.processor.plan;

/** Something that one of a block's plan methods does. */
public sealed interface Action {
  /**
   * Reserves a tensor.
   *
   * @param tensor the tensor, which knows its shape
   */
  record Acquire(Value.Tensor tensor) implements Action {}

  /**
   * Makes a view.
   *
   * @param view the view
   */
  record Make(Value.View view) implements Action {}

  /**
   * Ends a tensor's lifetime.
   *
   * @param tensor the tensor
   * @param lastUse the call that used it last; null where none in this pass does
   */
  record Release(Value.Tensor tensor, Call lastUse) implements Action {}
}
