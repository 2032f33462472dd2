package dev.lanewise.processor.plan;

/** Something that one of a block's plan methods does. */
public sealed interface Action {
  /**
   * Reserves a tensor.
   *
   * @param tensor its name
   * @param shape what returns its shape
   */
  record Acquire(String tensor, Call shape) implements Action {}

  /**
   * Makes a view.
   *
   * @param view the view
   */
  record Make(View view) implements Action {}

  /**
   * Ends a tensor's lifetime.
   *
   * @param tensor its name
   * @param lastUse the call that used it last; empty where none in this pass does
   */
  record Release(String tensor, String lastUse) implements Action {}
}
