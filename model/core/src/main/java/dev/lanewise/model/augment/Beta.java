package dev.lanewise.model.augment;

import dev.lanewise.model.random.SplitMix;

/**
 * The symmetric beta distribution: Jöhnk's method (Metrika 1964) up to alpha = 1, Cheng's BA
 * ("Generating beta variates with nonintegral shape parameters", CACM 1978) above.
 */
final class Beta {
  private static final double LOG_4 = StrictMath.log(4);

  private Beta() {}

  /** Draws a number from 0 to 1. */
  static double draw(double alpha, SplitMix random) {
    return alpha <= 1 ? johnk(alpha, random) : cheng(alpha, random);
  }

  private static double johnk(double alpha, SplitMix random) {
    double x;
    double sum;
    do {
      x = StrictMath.pow(random.nextDouble(), 1 / alpha);
      sum = x + StrictMath.pow(random.nextDouble(), 1 / alpha);
    } while (!(sum > 0 && sum <= 1));
    return x / sum;
  }

  private static double cheng(double alpha, SplitMix random) {
    double both = 2 * alpha;
    double beta = Math.sqrt((both - 2) / (both * alpha - both));
    double gamma = alpha + 1 / beta;
    while (true) {
      double u = 1 - random.nextDouble();
      double v = beta * StrictMath.log(u / (1 - u));
      double w = alpha * StrictMath.exp(v);
      double z = u * u * (1 - random.nextDouble());
      double bound = both * StrictMath.log(both / (alpha + w)) + gamma * v - LOG_4;
      if (bound >= StrictMath.log(z)) {
        return w == Double.POSITIVE_INFINITY ? 1 : w / (alpha + w);
      }
    }
  }
}
