package dev.lanewise.model.augment;

import dev.lanewise.model.random.SplitMix;
import dev.lanewise.train.Term;

/** A rectangle of one image in another. */
final class CutMix extends BetaMixing {
  CutMix(Term term) {
    super(term, 1);
  }

  @Override
  public double mix(Canvas image, Canvas other, double share, SplitMix random) {
    int height = image.height();
    int width = image.width();
    int channels = image.channels();
    double side = Math.sqrt(1 - share);
    // Its centre may lie anywhere, so a part of the rectangle may lie outside.
    int middleX = random.nextInt(width);
    int middleY = random.nextInt(height);
    int left = Math.max(0, middleX - (int) (width * side) / 2);
    int top = Math.max(0, middleY - (int) (height * side) / 2);
    int right = Math.min(width, middleX + (int) (width * side) / 2);
    int bottom = Math.min(height, middleY + (int) (height * side) / 2);
    byte[] own = image.pixels();
    byte[] second = other.pixels();
    for (int y = top; y < bottom; y++) {
      int from = (y * width + left) * channels;
      System.arraycopy(second, from, own, from, (right - left) * channels);
    }
    return 1 - (double) (bottom - top) * (right - left) / ((double) height * width);
  }
}
