package dev.lanewise.model.data;

import dev.lanewise.network.HeadActivation;

/** What an image is compared with. */
public enum TargetKind {
  /** One of the classes is right; a target is a distribution over them, mostly of 1 and zeros. */
  CLASS("one class", "class", "classes"),
  /** Any number of labels is right; a target has 0 or 1 for each. */
  LABELS("any number of labels", "label", "labels"),
  /** Numbers are to be told; a target has one for each name. */
  VALUES("numbers", "number", "numbers");

  private final String text;
  private final String one;
  private final String several;

  TargetKind(String text, String one, String several) {
    this.text = text;
    this.one = one;
    this.several = several;
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

  /**
   * {@return what the outputs of a network are called, for messages: {@code "classes"}}
   *
   * @param outputs how many there are
   */
  public String outputs(int outputs) {
    return outputs == 1 ? one : several;
  }
}
