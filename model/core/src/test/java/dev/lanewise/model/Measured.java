package dev.lanewise.model;

import dev.lanewise.model.data.DataException;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.TargetKind;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Noisy images of 12x12 with stripes across, stripes down, both or none: labels, or how strong the
 * stripes of both directions are.
 */
public final class Measured implements ImageDataset {
  public static final List<String> NAMES = List.of("across", "down");

  private static final int AMPLITUDE = 60;

  private final TargetKind kind;
  private final int size;
  private final long seed;

  public Measured(TargetKind kind, int size, long seed) {
    this.kind = kind;
    this.size = size;
    this.seed = seed;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ImageShape shape() {
    return ImageShape.rgb(Stripes.SIZE, Stripes.SIZE);
  }

  @Override
  public List<String> classNames() {
    return NAMES;
  }

  @Override
  public TargetKind targetKind() {
    return kind;
  }

  @Override
  public int label(int index) {
    throw new DataException("images with " + kind.text() + " have no one class");
  }

  @Override
  public void target(int index, float[] dst, int offset) {
    SplittableRandom random = new SplittableRandom(seed * 7_000_003 + index);
    for (int c = 0; c < NAMES.size(); c++) {
      dst[offset + c] = kind == TargetKind.LABELS ? random.nextInt(2) : (float) random.nextDouble();
    }
  }

  @Override
  public void read(int index, byte[] dst, int offset) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index);
    float[] strengths = new float[NAMES.size()];
    target(index, strengths, 0);
    int phase = random.nextInt(4);
    for (int h = 0; h < Stripes.SIZE; h++) {
      for (int w = 0; w < Stripes.SIZE; w++) {
        float across = (h + phase) / 2 % 2 == 0 ? strengths[0] : 0;
        float down = (w + phase) / 2 % 2 == 0 ? strengths[1] : 0;
        for (int c = 0; c < 3; c++) {
          double value = 60 + AMPLITUDE * (across + down) + random.nextInt(30);
          dst[offset + (h * Stripes.SIZE + w) * 3 + c] = (byte) value;
        }
      }
    }
  }

  @Override
  public String description() {
    return size + " images striped across and down";
  }
}
