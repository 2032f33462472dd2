package dev.lanewise.model.run;

/** One image that a network is to take. */
@FunctionalInterface
public interface NetworkInput {
  /**
   * Writes the image, preprocessed.
   *
   * @param dst receives [H,W,C] values, from index at on
   */
  void write(float[] dst, int at);
}
