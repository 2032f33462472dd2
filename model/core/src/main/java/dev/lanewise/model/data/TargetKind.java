package dev.lanewise.model.data;

import dev.lanewise.network.HeadActivation;

/** What an image is compared with. */
public enum TargetKind {
  /** One of the classes is right; a target is a distribution over them, mostly of 1 and zeros. */
  CLASS("one class"),
  /** Any number of labels is right; a target has 0 or 1 for each. */
  LABELS("any number of labels"),
  /** Numbers are to be told; a target has one for each name. */
  VALUES("numbers");

  private final String text;

  TargetKind(String text) {
    this.text = text;
  }

  /**
   * {@return what images are usually compared with behind a head}
   *
   * @param head what a network makes of its logits
   */
  public static TargetKind behind(HeadActivation head) {
    return switch (head) {
      case SOFTMAX -> CLASS;
      case SIGMOID -> LABELS;
      case LINEAR -> VALUES;
    };
  }

  /** {@return what an image of a data set has, for messages: {@code "one class"}} */
  public String text() {
    return text;
  }
}
