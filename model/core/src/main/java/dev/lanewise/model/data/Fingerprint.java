package dev.lanewise.model.data;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32C;

/** Tells whether two data sets are the same, without reading all of them. */
public final class Fingerprint {
  /** Images whose pixels count. */
  private static final int SAMPLE = 64;

  private Fingerprint() {}

  /**
   * {@return the CRC32C, as eight hexadecimal digits, over all labels, or what stands for them, and
   * the pixels of 64 images, evenly spread}
   *
   * @param images are read
   */
  public static String of(ImageDataset images) {
    CRC32C checksum = new CRC32C();
    float[] target = new float[images.classNames().size()];
    for (int i = 0; i < images.size(); i++) {
      if (images.targetKind() == TargetKind.CLASS) {
        int label = images.label(i);
        checksum.update(label & 255);
        checksum.update(label >>> 8 & 255);
      } else {
        images.target(i, target, 0);
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * target.length);
        bytes.asFloatBuffer().put(target);
        checksum.update(bytes);
      }
    }
    byte[] pixels = new byte[images.shape().size()];
    int sample = Math.min(SAMPLE, images.size());
    for (int i = 0; i < sample; i++) {
      images.read((int) ((long) i * images.size() / sample), pixels, 0);
      checksum.update(pixels);
    }
    return String.format(Locale.ROOT, "%08x", checksum.getValue());
  }
}
