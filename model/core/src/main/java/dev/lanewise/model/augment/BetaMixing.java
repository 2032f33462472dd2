package dev.lanewise.model.augment;

import dev.lanewise.model.random.SplitMix;
import dev.lanewise.train.Term;

/** Mixes by a share of the symmetric beta distribution. */
abstract class BetaMixing implements Mixing {
  private final double alpha;
  private final double chance;

  BetaMixing(Term term, double usualAlpha) {
    alpha = term.number("alpha", usualAlpha, 0.01, 100);
    chance = Geometry.chance(term, 1);
  }

  @Override
  public final double share(SplitMix random) {
    return random.chance(chance) ? Beta.draw(alpha, random) : 1;
  }
}
