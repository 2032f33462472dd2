package dev.lanewise.model.augment;

import dev.lanewise.model.random.SplitMix;
import dev.lanewise.train.Term;

/** The weighted mean of two images. */
final class Mixup extends BetaMixing {
  Mixup(Term term) {
    super(term, 0.2);
  }

  @Override
  public double mix(Canvas image, Canvas other, double share, SplitMix random) {
    byte[] own = image.pixels();
    byte[] second = other.pixels();
    // 16 bits behind the point.
    int weight = (int) Math.round(share * (1 << 16));
    int rest = (1 << 16) - weight;
    for (int i = 0; i < own.length; i++) {
      own[i] = (byte) ((own[i] & 255) * weight + (second[i] & 255) * rest + (1 << 15) >> 16);
    }
    return share;
  }
}
