package dev.lanewise.model.augment;

import dev.lanewise.model.random.SplitMix;
import dev.lanewise.train.Term;

/** Operations that hide a part of an image. */
final class Patches {
  /** About the mean of photographs, where networks see zero. */
  private static final int GREY = 128;

  private static final int TRIES = 10;

  /** Logarithm of the longest shape that is erased, 10:3. */
  private static final double LONGEST = StrictMath.log(10 / 3.0);

  private Patches() {}

  static Operation cutout(Term term) {
    double size = term.number("size", 0.5, 0, 1);
    double chance = Geometry.chance(term, 1);
    return (image, random) -> {
      if (!random.chance(chance)) {
        return;
      }
      int side = (int) Math.round(size * Math.min(image.height(), image.width()));
      int left = random.nextInt(image.width()) - side / 2;
      int top = random.nextInt(image.height()) - side / 2;
      int from = Math.max(0, left);
      int to = Math.min(image.width(), left + side);
      for (int y = Math.max(0, top); y < Math.min(image.height(), top + side); y++) {
        image.fill(y, from, Math.max(from, to), GREY);
      }
    };
  }

  static Operation erase(Term term) {
    double chance = Geometry.chance(term, 0.5);
    double least = term.number("least", 0.02, 0, 1);
    double most = term.number("most", 0.33, least, 1);
    return (image, random) -> {
      if (!random.chance(chance)) {
        return;
      }
      for (int i = 0; i < TRIES; i++) {
        double area = random.range(least, most) * image.height() * image.width();
        double aspect = StrictMath.exp(random.range(-LONGEST, LONGEST));
        int height = (int) Math.round(Math.sqrt(area * aspect));
        int width = (int) Math.round(Math.sqrt(area / aspect));
        if (height <= image.height() && width <= image.width()) {
          int top = random.nextInt(image.height() - height + 1);
          int left = random.nextInt(image.width() - width + 1);
          noise(image, top, left, height, width, random);
          return;
        }
      }
    };
  }

  private static void noise(
      Canvas image, int top, int left, int height, int width, SplitMix random) {
    byte[] pixels = image.pixels();
    long bits = 0;
    int bytes = 0;
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        int at = (y * image.width() + x) * image.channels();
        for (int c = 0; c < image.colours(); c++) {
          if (bytes == 0) {
            bits = random.nextLong();
            bytes = Long.BYTES;
          }
          pixels[at + c] = (byte) bits;
          bits >>>= Byte.SIZE;
          bytes--;
        }
      }
    }
  }
}
