package dev.lanewise.model.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Images too many to be kept in memory: what fits is kept from its first reading on, the others are
 * decoded from their files each time.
 */
final class FileImages extends LabelledImages {
  private final List<Path> files;

  /** The images that are kept, where they have been read. */
  private final AtomicReferenceArray<byte[]> kept;

  /**
   * Starts without any image in memory.
   *
   * @param memory bytes that images may take there
   */
  FileImages(String source, List<Path> files, ImageTargets targets, ImageShape shape, long memory) {
    super(source + described(kept(memory, shape, files.size()), files.size()), targets, shape);
    this.files = List.copyOf(files);
    this.kept = new AtomicReferenceArray<>(kept(memory, shape, files.size()));
  }

  private static int kept(long memory, ImageShape shape, int images) {
    return (int) Math.min(images, memory / shape.size());
  }

  private static String described(int kept, int images) {
    return kept == 0
        ? " (read anew each epoch)"
        : String.format(
            Locale.ROOT, " (%d%% read anew each epoch)", 100L * (images - kept) / images);
  }

  @Override
  public void read(int index, byte[] dst, int offset) {
    byte[] image = image(index);
    System.arraycopy(image, 0, dst, offset, image.length);
  }

  private byte[] image(int index) {
    // Orders are random, so it does not matter which images are kept.
    if (index >= kept.length()) {
      return Images.load(files.get(index), shape);
    }
    byte[] known = kept.get(index);
    if (known == null) {
      known = Images.load(files.get(index), shape);
      kept.set(index, known);
    }
    return known;
  }

  @Override
  public long storedBytes() {
    return (long) kept.length() * shape.size();
  }
}
