package dev.lanewise.model.weights;

/**
 * Which of a file's weights a network takes.
 *
 * @param head whether the dense layers take part; else the network's keep their values, and the
 *     file may have some for other classes, or none
 */
public record LoadOptions(boolean head) {
  /** {@return options by which every layer takes part} */
  public static LoadOptions whole() {
    return new LoadOptions(true);
  }

  /** {@return these options without the dense layers} */
  public LoadOptions withoutHead() {
    return new LoadOptions(false);
  }
}
