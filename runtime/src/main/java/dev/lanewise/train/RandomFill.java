package dev.lanewise.train;

/**
 * Fills arrays with random floats as the operations of TensorFlow 1 do in a graph without a seed of
 * its own: {@code random_uniform} and {@code truncated_normal}. The word behind a value depends on
 * its index alone.
 */
final class RandomFill {
  /** TensorFlow's DEFAULT_GRAPH_SEED. */
  private static final long GRAPH_SEED = 87654321;

  /** Floats that one counter gives. */
  private static final int GROUP = 4;

  /** Counters that truncated_normal sets aside for each group, since it may reject words. */
  private static final long COUNTERS_PER_GROUP = 256;

  /** Where truncated_normal cuts, in standard deviations. */
  private static final float CUT = 2f;

  /** Keeps the logarithm of Box and Muller finite. */
  private static final float LEAST = 1e-7f;

  private final Philox philox;
  private final int[] words = new int[GROUP];

  /** Creates a source for one array. */
  RandomFill(long seed) {
    philox = new Philox(GRAPH_SEED, seed);
  }

  /** Returns values uniform in [min, max). */
  float[] uniform(int size, float min, float max) {
    float[] values = new float[size];
    float range = max - min;
    for (int i = 0; i < size; i++) {
      if (i % GROUP == 0) {
        philox.words(i / GROUP, words);
      }
      float scaled = unit(words[i % GROUP]) * range;
      values[i] = scaled + min;
    }
    return values;
  }

  /** Returns values of mean 0, normal but for those beyond two deviations, which are left out. */
  float[] truncatedNormal(int size, float deviation) {
    float[] values = new float[size];
    float[] group = new float[GROUP];
    for (int i = 0; i < size; i++) {
      if (i % GROUP == 0) {
        drawGroup(i / GROUP * COUNTERS_PER_GROUP, group);
      }
      values[i] = group[i % GROUP] * deviation;
    }
    return values;
  }

  /** Draws pairs by Box and Muller until four values lie within the cut. */
  private void drawGroup(long counter, float[] group) {
    int filled = 0;
    while (true) {
      philox.words(counter++, words);
      for (int pair = 0; pair < GROUP; pair += 2) {
        // StrictMath, because the same seed must give the same values on every machine.
        double radius = StrictMath.sqrt(-2 * StrictMath.log(Math.max(unit(words[pair]), LEAST)));
        double angle = 2 * StrictMath.PI * unit(words[pair + 1]);
        filled = keep((float) (StrictMath.sin(angle) * radius), group, filled);
        filled = keep((float) (StrictMath.cos(angle) * radius), group, filled);
        if (filled == GROUP) {
          return;
        }
      }
    }
  }

  private static int keep(float value, float[] group, int filled) {
    if (filled == GROUP || Math.abs(value) >= CUT) {
      return filled;
    }
    group[filled] = value;
    return filled + 1;
  }

  /** Returns a word's lower 23 bits as the mantissa of a float in [1, 2), less 1. */
  private static float unit(int word) {
    return Float.intBitsToFloat(word & 0x7FFFFF | 0x3F800000) - 1f;
  }
}
