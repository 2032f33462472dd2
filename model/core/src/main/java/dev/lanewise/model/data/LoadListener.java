package dev.lanewise.model.data;

/** Hears how far the loading of images has come. */
@FunctionalInterface
public interface LoadListener {
  /** Hears nothing. */
  LoadListener NONE = (loaded, total) -> {};

  /**
   * Is called now and then, by any one thread at a time.
   *
   * @param loaded number of images that are loaded
   * @param total number of images to load
   */
  void loaded(int loaded, int total);
}
