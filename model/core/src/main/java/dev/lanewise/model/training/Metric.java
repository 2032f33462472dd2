package dev.lanewise.model.training;

/** What is measured beside the loss. */
public enum Metric {
  /** Share of the images whose most probable class is the right one. */
  ACCURACY("accuracy");

  private final String kerasName;

  Metric(String kerasName) {
    this.kerasName = kerasName;
  }

  /** {@return Keras's name} */
  public String kerasName() {
    return kerasName;
  }
}
