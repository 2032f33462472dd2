package dev.lanewise.processor.spec;

/** How the blocks of a stage are told apart. */
public enum BlockCount {
  /** By letters. */
  LETTER("block", ""),
  /** By numbers from 1. */
  NUMBER("number", "_"),
  /** By indices from 0. */
  INDEX("index", ".");

  private final String placeholder;
  private final String separator;

  BlockCount(String placeholder, String separator) {
    this.placeholder = placeholder;
    this.separator = separator;
  }

  /** Returns the placeholder that stands for it in patterns. */
  public String placeholder() {
    return placeholder;
  }

  /**
   * Returns how a block of a stage is called.
   *
   * @param stage the stage's name
   * @param block the block's letter, number or index
   */
  public String name(String stage, String block) {
    return stage + separator + block;
  }
}
