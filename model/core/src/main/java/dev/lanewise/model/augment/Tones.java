package dev.lanewise.model.augment;

/** Changes of tones by tables, as Pillow's ImageOps has them. */
final class Tones {
  private static final int BYTES = 256;

  private Tones() {}

  /** Keeps the uppermost bits of each value. */
  static void posterize(Canvas image, int bits) {
    if (bits >= 8) {
      return;
    }
    byte[] table = image.table();
    for (int i = 0; i < BYTES; i++) {
      table[i] = (byte) (i & 0xFF00 >> bits);
    }
    image.applyTable();
  }

  /** Inverts values of a threshold and above. */
  static void solarize(Canvas image, int threshold) {
    byte[] table = image.table();
    for (int i = 0; i < BYTES; i++) {
      table[i] = (byte) (i < threshold ? i : 255 - i);
    }
    image.applyTable();
  }

  /** Stretches each colour to the whole range. */
  static void autoContrast(Canvas image) {
    for (int c = 0; c < image.colours(); c++) {
      int[] counts = counts(image, c);
      int low = 0;
      while (counts[low] == 0) {
        low++;
      }
      int high = BYTES - 1;
      while (counts[high] == 0) {
        high--;
      }
      if (low < high) {
        byte[] table = image.table();
        int range = high - low;
        for (int i = 0; i < BYTES; i++) {
          table[i] = (byte) Math.clamp((i - low) * 255 / range, 0, 255);
        }
        image.applyTable(c);
      }
    }
  }

  /** Makes all values of a colour about as frequent. */
  static void equalize(Canvas image) {
    for (int c = 0; c < image.colours(); c++) {
      int[] counts = counts(image, c);
      int last = BYTES - 1;
      while (counts[last] == 0) {
        last--;
      }
      int step = (image.height() * image.width() - counts[last]) / 255;
      if (step == 0) {
        continue;
      }
      byte[] table = image.table();
      int sum = step / 2;
      for (int i = 0; i < BYTES; i++) {
        table[i] = (byte) Math.min(255, sum / step);
        sum += counts[i];
      }
      image.applyTable(c);
    }
  }

  private static int[] counts(Canvas image, int channel) {
    int[] counts = image.counts();
    byte[] pixels = image.pixels();
    for (int i = channel; i < pixels.length; i += image.channels()) {
      counts[pixels[i] & 255]++;
    }
    return counts;
  }
}
