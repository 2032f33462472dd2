package dev.lanewise.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.testing.AllocatedBytes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArraySumTest {
  private static final int LENGTH = 4_011;

  @AfterEach
  void noThreadsAreLeft() throws Exception {
    Workers.requireNoThreads();
  }

  @ParameterizedTest
  @CsvSource({
    "1,1", "2,1", "2,2", "3,1", "3,3", "4,1", "4,2", "4,4", "5,5", "6,1", "6,2", "6,3", "6,6",
    "12,1", "12,2", "12,3", "12,4", "12,6"
  })
  void isThatOfTheTree(int shards, int workers) throws Exception {
    Workers all = new Workers(workers);
    all.options = all.options.withThreads(1 + shards % 2);
    all.run(group -> rounds(group, shards, 3, LENGTH));
  }

  @Test
  void messagesMayTakeManyFrames() throws Exception {
    Workers all = new Workers(3);
    all.options = all.options.withThreads(2);
    all.run(group -> rounds(group, 6, 2, 200_003));
  }

  @Test
  void connectionsMayBeSlowAndCutBytesAsTheyLike() throws Exception {
    Workers all = new Workers(4);
    all.options = all.options.withThreads(2);
    try (Proxies proxies = new Proxies(Proxies::fragments)) {
      all.routes = proxies;
      all.run(group -> rounds(group, 12, 3, LENGTH));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void roundsAllocateNothing(Precision precision) throws Exception {
    Workers all = new Workers(2);
    all.options = all.options.withPrecision(precision);
    List<Long> least = all.run(ArraySumTest::leastAllocated);
    assertThat(least.getFirst()).isLessThan(500);
  }

  /** Bytes that the threads of the exchange and the calling one allocate in 50 rounds. */
  private static long leastAllocated(WorkerGroup group) {
    List<Bucket> buckets = PlainSum.buckets(LENGTH);
    ArraySum sum = group.planSum(new ShardTree(4), buckets);
    float[][] terms = new float[1][LENGTH];
    long[] threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(
                thread ->
                    thread.getName().startsWith("lanewise-exchange")
                        || thread == Thread.currentThread())
            .mapToLong(Thread::threadId)
            .toArray();
    long least = Long.MAX_VALUE;
    // Until kernels are compiled, each of their vectors is an object.
    for (int i = 0; i < 200 && least >= 500; i++) {
      group.allGather(new byte[0]);
      long before = AllocatedBytes.of(threads);
      for (int round = 0; round < 50; round++) {
        sum.begin(terms);
        for (int b = 0; b < buckets.size(); b++) {
          sum.start(b);
        }
        sum.await();
      }
      // Both go on alike.
      least = Math.min(least, AllocatedBytes.of(threads) - before);
      byte[][] all = group.allGather(new byte[] {(byte) (least < 500 ? 1 : 0)});
      least = all[0][0] == 1 ? 0 : Math.max(least, 500);
    }
    return least;
  }

  /** Makes sums and compares them; returns nothing. */
  static Void rounds(WorkerGroup group, int shards, int rounds, int length) throws Exception {
    Random random = new Random(group.rank());
    ShardTree tree = new ShardTree(shards);
    List<Bucket> buckets = PlainSum.buckets(length);
    ArraySum sum = group.planSum(tree, buckets);
    for (int round = 0; round < rounds; round++) {
      float[][] terms = PlainSum.terms(tree, group.rank(), group.size(), round, length);
      float[][] before = new float[terms.length][];
      for (int i = 0; i < terms.length; i++) {
        before[i] = terms[i].clone();
      }
      sum.begin(terms);
      for (int b = 0; b < buckets.size(); b++) {
        if (random.nextInt(4) == 0) {
          Thread.sleep(random.nextInt(5));
        }
        sum.start(b);
      }
      sum.await();
      float[] whole = PlainSum.node(0, shards, round, length);
      assertArrayEquals(PlainSum.expected(before[0], whole, buckets), terms[0], "round " + round);
      for (int i = 1; i < terms.length; i++) {
        assertGapsUntouched(before[i], terms[i], buckets);
      }
    }
    return null;
  }

  private static void assertGapsUntouched(float[] before, float[] after, List<Bucket> buckets) {
    assertArrayEquals(before, PlainSum.expected(after, before, buckets));
  }

  @Test
  void passesOnWhatIsNoNumber() throws Exception {
    float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 1, 2};
    List<float[]> sums =
        new Workers(3)
            .run(
                group -> {
                  ArraySum sum =
                      group.planSum(
                          new ShardTree(3), List.of(Bucket.of(new IndexRange(0, special.length))));
                  float[] own = group.rank() == 1 ? special.clone() : new float[special.length];
                  own[3] = -0f;
                  own[5] = group.rank() == 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
                  once(sum, own);
                  return own;
                });
    for (float[] sum : sums) {
      assertArrayEquals(
          new float[] {
            Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 1, Float.NaN
          },
          sum);
    }
  }

  private static void once(ArraySum sum, float[]... terms) {
    sum.begin(terms);
    sum.start(0);
    sum.await();
  }

  @Test
  void severalSumsAndGatheringsTakeTurns() throws Exception {
    new Workers(4)
        .run(
            group -> {
              ArraySum first = group.planSum(new ShardTree(4), List.of(bucket(0, 100)));
              byte[][] bytes = group.allGather(new byte[group.rank() * 50_000]);
              for (int i = 0; i < 4; i++) {
                assertThat(bytes[i]).hasSize(i * 50_000);
              }
              ArraySum second = group.planSum(new ShardTree(8), List.of(bucket(3, 5)));
              for (int round = 1; round < 20; round++) {
                float[] values = new float[100];
                values[99] = round;
                first.begin(new float[][] {values});
                float[] more = {0, 0, 0, group.rank(), 1};
                once(second, more);
                first.start(0);
                byte[] own = {(byte) group.rank(), (byte) round};
                byte[][] all = group.allGather(own);
                first.await();
                for (int i = 0; i < 4; i++) {
                  assertThat(all[i]).containsExactly(i, round);
                }
                assertThat(values[99]).isEqualTo(4f * round);
                assertThat(more).containsExactly(0, 0, 0, 6, 4);
              }
              return null;
            });
  }

  private static Bucket bucket(int from, int to) {
    return Bucket.of(new IndexRange(from, to));
  }

  @Test
  void theOrderOfARoundIsHeld() throws Exception {
    try (WorkerGroup group = WorkerGroup.alone()) {
      ArraySum sum = group.planSum(new ShardTree(2), List.of(bucket(0, 2), bucket(2, 4)));
      assertThrows(IllegalStateException.class, () -> sum.start(0));
      assertThrows(IllegalStateException.class, sum::await);
      assertThrows(IllegalArgumentException.class, () -> sum.begin(new float[2][4]));
      assertThrows(IllegalArgumentException.class, () -> sum.begin(new float[1][3]));
      sum.begin(new float[1][4]);
      assertThrows(IllegalStateException.class, () -> sum.begin(new float[1][4]));
      assertThrows(IllegalStateException.class, () -> sum.start(1));
      sum.start(0);
      assertThrows(IllegalStateException.class, sum::await);
      sum.start(1);
      assertThrows(IllegalStateException.class, () -> sum.start(2));
      sum.await();
      assertThrows(IllegalStateException.class, sum::await);
    }
  }

  @Test
  void whatCannotBePlannedIsRefused() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> new IndexRange(3, 3));
    assertThrows(
        IllegalArgumentException.class,
        () -> Bucket.of(new IndexRange(3, 5), new IndexRange(4, 6)));
    try (WorkerGroup group = WorkerGroup.alone()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> group.planSum(new ShardTree(1), List.of(bucket(3, 5), bucket(0, 4))));
    }
    List<String> messages =
        new Workers(2)
            .run(
                group ->
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> group.planSum(new ShardTree(3), List.of()))
                        .getMessage());
    assertThat(messages).allSatisfy(message -> assertThat(message).contains("2 workers", "got 3"));
  }

  @Test
  void unequalPlansAreRefusedByName() throws Exception {
    Workers workers = new Workers(2);
    var futures =
        workers.start(
            group -> group.planSum(new ShardTree(2), List.of(bucket(0, 10 + group.rank()))));
    for (var one : futures) {
      assertThat(Workers.failure(one))
          .contains(workers.name(0) + " plans", "10 values", workers.name(1) + " plans", "11 val");
    }
  }

  @Test
  void unequalCallsAreRefusedByName() throws Exception {
    Workers workers = new Workers(2);
    var futures =
        workers.start(
            group ->
                group.rank() == 0
                    ? group.planSum(new ShardTree(2), List.of(bucket(0, 10)))
                    : group.allGather(new byte[3]));
    assertThat(Workers.failure(futures.get(0))).contains("same calls");
    assertThat(Workers.failure(futures.get(1))).contains("same calls");
  }
}
