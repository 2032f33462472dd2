package dev.lanewise.reference;

/** The standard normal distribution, with few parts in 10^13 of error also far from zero. */
final class NormalDistribution {
  private static final double ROOT = StrictMath.sqrt(2 * Math.PI);

  /** Where a tail's continued fraction takes over from a series about zero. */
  private static final double TAIL = 3;

  private static final int TERMS = 200;

  private NormalDistribution() {}

  /** Returns the density. */
  static double density(double x) {
    return StrictMath.exp(-x * x / 2) / ROOT;
  }

  /** Returns the chance of a value of at most x (Abramowitz and Stegun, 26.2.11 and 26.2.14). */
  static double function(double x) {
    double a = Math.abs(x);
    double tail = a > TAIL ? density(a) / fraction(a) : 0.5 - density(a) * series(a);
    return x > 0 ? 1 - tail : tail;
  }

  /** a + 1 / (a + 2 / (a + 3 / ...)). */
  private static double fraction(double a) {
    double f = a;
    for (int k = TERMS; k >= 1; k--) {
      f = a + k / f;
    }
    return f;
  }

  /** a + a^3 / 3 + a^5 / (3 * 5) + ... */
  private static double series(double a) {
    double term = a;
    double sum = a;
    for (int k = 1; k < TERMS; k++) {
      term *= a * a / (2 * k + 1);
      sum += term;
    }
    return sum;
  }
}
