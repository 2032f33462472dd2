package dev.lanewise.model.augment;

import dev.lanewise.model.random.SplitMix;
import dev.lanewise.train.Term;

/** Operations that choose among many. */
final class Policies {
  /** Strengths are 0 to 30 of 30. */
  private static final int STRENGTHS = 30;

  /** The wide ranges of Müller and Hutter 2021; lengths in pixels. */
  private static final Move.Reach WIDE = new Move.Reach(0.99, 32, 32, 135, 0.99, 6);

  /** The ranges of Cubuk et al. 2020, of which images of 331 pixels move by 150. */
  private static final double TRANSLATE = 150.0 / 331;

  private Policies() {}

  /** One move of any strength. */
  static Operation trivialAugment(Term term) {
    Border border = Geometry.border(term, Border.REFLECT);
    return (image, random) -> {
      int move = random.nextInt(Move.count());
      double strength = random.nextInt(STRENGTHS + 1) / (double) STRENGTHS;
      Move.of(move).apply(image, strength, sign(random), WIDE, border);
    };
  }

  /** Some moves of one strength. */
  static Operation randAugment(Term term) {
    int n = (int) integer(term, "n", 2, 1, 20);
    double strength = integer(term, "magnitude", 9, 0, STRENGTHS) / (double) STRENGTHS;
    Border border = Geometry.border(term, Border.REFLECT);
    return (image, random) -> {
      for (int i = 0; i < n; i++) {
        int move = random.nextInt(Move.count());
        Move.of(move).apply(image, strength, sign(random), reach(image), border);
      }
    };
  }

  private static Move.Reach reach(Canvas image) {
    return new Move.Reach(0.3, TRANSLATE * image.width(), TRANSLATE * image.height(), 30, 0.9, 4);
  }

  private static int sign(SplitMix random) {
    return random.chance(0.5) ? 1 : -1;
  }

  private static long integer(Term term, String key, long otherwise, long least, long most) {
    long value = term.integer(key, otherwise);
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          term.required(key, "an integer from " + least + " to " + most));
    }
    return value;
  }
}
