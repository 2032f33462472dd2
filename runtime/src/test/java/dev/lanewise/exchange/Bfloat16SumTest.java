package dev.lanewise.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bfloat16SumTest {
  private static final int LENGTH = 1000;

  @AfterEach
  void noThreadsAreLeft() throws Exception {
    Workers.requireNoThreads();
  }

  /** By its definition: the nearest of the two neighbours with 16 bits, the even one of a tie. */
  private static float rounded(float value) {
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      return value;
    }
    int bits = Float.floatToRawIntBits(value) & 0xffff_0000;
    double low = Float.intBitsToFloat(bits);
    double gap = Math.scalb(1.0, Math.max(Math.getExponent(value), Float.MIN_EXPONENT) - 7);
    double high = low + Math.copySign(gap, value);
    double toLow = Math.abs(value - low);
    double toHigh = Math.abs(high - value);
    boolean isLow = toLow < toHigh || (toLow == toHigh && (bits & 0x1_0000) == 0);
    return (float) (isLow ? low : high);
  }

  @ParameterizedTest
  @CsvSource({"2,2", "4,2", "3,3", "5,5", "12,4"})
  void roundsWhatTravels(int shards, int workers) throws Exception {
    Workers all = new Workers(workers);
    all.options = all.options.withPrecision(Precision.BF16);
    ShardTree tree = new ShardTree(shards);
    List<Bucket> buckets = List.of(Bucket.of(new IndexRange(0, LENGTH)));
    List<float[]> sums =
        all.run(
            group -> {
              ArraySum sum = group.planSum(tree, buckets);
              float[][] terms = null;
              for (int round = 0; round < 2; round++) {
                terms = terms(tree, group.rank(), workers, round);
                sum.begin(terms);
                sum.start(0);
                sum.await();
              }
              return terms[0];
            });
    float[] expected = expected(tree, workers, 1);
    for (float[] sum : sums) {
      assertArrayEquals(expected, sum);
    }
  }

  private static float[][] terms(ShardTree tree, int rank, int workers, int round) {
    float[][] terms = PlainSum.terms(tree, rank, workers, round, LENGTH);
    if (rank == 1) {
      terms[0][7] = Float.NaN;
      terms[0][8] = Float.NEGATIVE_INFINITY;
      // A NaN whose upper half alone would be infinite.
      terms[0][9] = Float.intBitsToFloat(0x7f80_0001);
      terms[0][10] = Float.MAX_VALUE;
    }
    return terms;
  }

  private static float[] expected(ShardTree tree, int workers, int round) {
    float[][][] terms = new float[workers][][];
    for (int rank = 0; rank < workers; rank++) {
      terms[rank] = terms(tree, rank, workers, round);
    }
    float[] expected = new float[LENGTH];
    long grains = Math.ceilDiv(LENGTH, 16);
    for (int owner = 0; owner < workers; owner++) {
      int to = (int) Math.min(LENGTH, grains * (owner + 1) / workers * 16);
      for (int i = (int) (grains * owner / workers * 16); i < to; i++) {
        expected[i] = rounded(sum(tree.shards(), 0, tree.shards(), terms, owner, i));
      }
    }
    return expected;
  }

  /** The sum of a node at an index, with the terms of all but the owner rounded. */
  private static float sum(int shards, int from, int to, float[][][] terms, int owner, int index) {
    int own = shards / terms.length;
    int rank = from / own;
    if (to <= (rank + 1) * own) {
      int term = new ShardTree(shards).cover(rank * own, to).size() - 1;
      float value = terms[rank][term][index];
      return rank == owner ? value : rounded(value);
    }
    int middle = from + (to - from + 1) / 2;
    return sum(shards, from, middle, terms, owner, index)
        + sum(shards, middle, to, terms, owner, index);
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void allWorkersHaveTheSameBits(int threads) throws Exception {
    Workers all = new Workers(4);
    all.options = all.options.withPrecision(Precision.BF16).withThreads(threads);
    List<Bucket> buckets = PlainSum.buckets(70_001);
    List<float[]> sums =
        all.run(
            group -> {
              Random random = new Random(group.rank());
              ArraySum sum = group.planSum(new ShardTree(4), buckets);
              float[] values = PlainSum.shard(0, 5, 70_001);
              for (Bucket bucket : buckets) {
                for (IndexRange range : bucket.ranges()) {
                  for (int i = range.from(); i < range.to(); i++) {
                    values[i] = random.nextFloat() - 0.5f;
                  }
                }
              }
              sum.begin(new float[][] {values});
              for (int i = 0; i < buckets.size(); i++) {
                sum.start(i);
              }
              sum.await();
              return values;
            });
    for (float[] sum : sums) {
      assertThat(sum).isEqualTo(sums.getFirst());
    }
  }
}
