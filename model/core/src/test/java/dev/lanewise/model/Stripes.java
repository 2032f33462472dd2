package dev.lanewise.model;

import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import java.util.List;
import java.util.SplittableRandom;

/** Noisy images of 12x12 whose class is the direction of their stripes, or none. */
public final class Stripes implements ImageDataset {
  public static final int SIZE = 12;
  public static final List<String> CLASSES = List.of("across", "down", "none");

  private static final int AMPLITUDE = 60;

  private final int size;
  private final long seed;
  private final List<String> classNames;

  public Stripes(int size, long seed) {
    this(size, seed, CLASSES);
  }

  public Stripes(int size, long seed, List<String> classNames) {
    this.size = size;
    this.seed = seed;
    this.classNames = classNames;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ImageShape shape() {
    return ImageShape.rgb(SIZE, SIZE);
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int index) {
    return index % CLASSES.size();
  }

  @Override
  public void read(int index, byte[] dst, int offset) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index);
    int phase = random.nextInt(4);
    for (int h = 0; h < SIZE; h++) {
      for (int w = 0; w < SIZE; w++) {
        int along = label(index) == 0 ? h : w;
        boolean bright = label(index) != 2 && (along + phase) / 2 % 2 == 0;
        for (int c = 0; c < 3; c++) {
          int value = 90 + (bright ? AMPLITUDE : 0) + random.nextInt(50);
          dst[offset + (h * SIZE + w) * 3 + c] = (byte) value;
        }
      }
    }
  }

  @Override
  public String description() {
    return size + " striped images";
  }
}
