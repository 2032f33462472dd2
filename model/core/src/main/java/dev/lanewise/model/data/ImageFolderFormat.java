package dev.lanewise.model.data;

import java.nio.file.Path;

/** Folders of image files. */
final class ImageFolderFormat implements DataFormat {
  /** Decoded images may take this share of the heap; training needs most of it. */
  private static final int HEAP_SHARE = 4;

  @Override
  public String description() {
    return "a folder of JPEG or PNG images, with a sub-folder per class or with the class at the"
        + " start of their names, or with such sub-folders train and test";
  }

  @Override
  public boolean recognises(Path path) {
    return ImageFolder.isMeant(path);
  }

  @Override
  public DatasetPair open(
      Path path, ImageShape shape, double validationSplit, long seed, LoadListener listener) {
    return folder(shape, listener).open(path, validationSplit, seed);
  }

  @Override
  public ImageDataset openForEvaluation(Path path, ImageShape shape) {
    return folder(shape, LoadListener.NONE).openForEvaluation(path);
  }

  private static ImageFolder folder(ImageShape shape, LoadListener listener) {
    return new ImageFolder(ImageFiles::list, shape, memory(), listener);
  }

  /** Returns the bytes that decoded images may take in memory. */
  static long memory() {
    return Runtime.getRuntime().maxMemory() / HEAP_SHARE;
  }
}
