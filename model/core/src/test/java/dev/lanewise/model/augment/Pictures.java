package dev.lanewise.model.augment;

import dev.lanewise.model.random.SplitMix;
import java.util.List;

/** Images of noise, and shapes of all kinds: odd, of one row, grey, with opacity. */
final class Pictures {
  static final List<int[]> SHAPES =
      List.of(
          new int[] {7, 5, 3},
          new int[] {8, 8, 1},
          new int[] {6, 9, 4},
          new int[] {1, 4, 3},
          new int[] {5, 1, 4},
          new int[] {1, 1, 1},
          new int[] {33, 31, 3});

  private Pictures() {}

  static Canvas noise(int[] shape, long seed) {
    Canvas canvas = new Canvas(shape[0], shape[1], shape[2]);
    SplitMix random = new SplitMix(seed);
    byte[] pixels = canvas.overwrite();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextLong();
    }
    return canvas;
  }

  static Operation operation(String text) {
    return Augmentation.parse(text).operations().getFirst();
  }

  /** Returns what an operation makes of noise. */
  static byte[] result(String text, int[] shape, long seed) {
    Canvas canvas = noise(shape, 1);
    for (Operation operation : Augmentation.parse(text).operations()) {
      operation.apply(canvas, new SplitMix(seed));
    }
    return canvas.pixels().clone();
  }
}
