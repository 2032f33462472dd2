package dev.lanewise.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.testing.AllocatedBytes;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A lost wake-up or a lost part shows as a test that never ends, hence the time limit. */
@Timeout(60)
class WorkerPoolTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void runsEveryPartOnce(int threads) {
    try (var pool = new WorkerPool(threads)) {
      assertThat(pool.threads()).isEqualTo(threads);
      for (int parts : new int[] {0, 1, 2, 7, 1000}) {
        var runs = new AtomicIntegerArray(parts);
        pool.run(parts, (index, thread) -> runs.incrementAndGet(index));
        for (int i = 0; i < parts; i++) {
          assertThat(runs.get(i)).as("part %d of %d", i, parts).isEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void runsThousandsOfRegionsInARow(int threads) {
    // Plain arrays, so that a write that is not visible to the next region would show.
    int[] source = new int[64];
    int[] target = new int[64];
    try (var pool = new WorkerPool(threads)) {
      for (int region = 1; region <= 5000; region++) {
        int parts = 1 + region % 64;
        int[] from = source;
        int[] to = target;
        pool.run(parts, (index, thread) -> to[index] = from[(index + 1) % parts] + 1);
        for (int i = 0; i < parts; i++) {
          assertThat(to[i]).isEqualTo(from[(i + 1) % parts] + 1);
        }
        source = to;
        target = from;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 100", "8, 300"})
  void helpersParkAndWake(int threads, long pauseMicros) {
    var random = new Random(threads);
    var ran = new AtomicInteger();
    int wanted = 0;
    try (var pool = new WorkerPool(threads)) {
      for (int region = 0; region < 600; region++) {
        int parts = random.nextInt(20);
        int work = random.nextInt(3000);
        wanted += parts;
        pool.run(
            parts,
            (index, thread) -> {
              spin(work * (index % 3));
              ran.incrementAndGet();
            });
        assertThat(ran.get()).isEqualTo(wanted);
        if (random.nextInt(4) == 0) {
          // From shorter to longer than a helper spins for.
          LockSupport.parkNanos(random.nextInt(500) * 1000L + pauseMicros * 1000);
        }
      }
    }
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void noTwoPartsShareASlotAtOneTime(int threads) {
    var taken = new AtomicBoolean[threads];
    for (int i = 0; i < threads; i++) {
      taken[i] = new AtomicBoolean();
    }
    var clashes = new AtomicInteger();
    try (var pool = new WorkerPool(threads)) {
      for (int region = 0; region < 1000; region++) {
        pool.run(
            17,
            (index, thread) -> {
              if (!taken[thread].compareAndSet(false, true)) {
                clashes.incrementAndGet();
              }
              spin(50);
              taken[thread].set(false);
            });
      }
    }
    assertThat(clashes).hasValue(0);
  }

  @Test
  void allThreadsTakePartAlsoAfterTheyWereParked() {
    for (int round = 0; round < 20; round++) {
      try (var pool = new WorkerPool(3)) {
        for (int region = 0; region < 10; region++) {
          var arrived = new AtomicInteger();
          // Each part waits for the others, so it ends only if three threads run them.
          pool.run(
              3,
              (index, thread) -> {
                arrived.incrementAndGet();
                while (arrived.get() < 3) {
                  Thread.onSpinWait();
                }
              });
          assertThat(arrived).hasValue(3);
          LockSupport.parkNanos(region * 50_000L);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void throwsWhatTheFirstFailingPartThrowsOnceAllHaveRun(int threads) {
    try (var pool = new WorkerPool(threads)) {
      for (int round = 0; round < 200; round++) {
        var ran = new AtomicInteger();
        assertThatThrownBy(
                () ->
                    pool.run(
                        20,
                        (index, thread) -> {
                          ran.incrementAndGet();
                          if (index % 5 == 3) {
                            throw new IllegalArgumentException("part " + index);
                          }
                        }))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("part 3");
        assertThat(ran).hasValue(20);
        pool.run(20, (index, thread) -> ran.incrementAndGet());
        assertThat(ran).hasValue(40);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void survivesErrorsAndCheckedExceptions(int threads) {
    try (var pool = new WorkerPool(threads)) {
      for (int round = 0; round < 50; round++) {
        assertThatThrownBy(
                () ->
                    pool.run(
                        9,
                        (index, thread) -> {
                          throw new AssertionError(index);
                        }))
            .isInstanceOf(AssertionError.class)
            .hasMessage("0");
        assertThatThrownBy(
                () -> pool.run(9, (i, thread) -> throwUndeclared(new IOException("disk"))))
            .isInstanceOf(UndeclaredThrowableException.class)
            .hasRootCauseMessage("disk");
      }
      assertThatCode(() -> pool.run(9, (index, thread) -> {})).doesNotThrowAnyException();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwUndeclared(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "3, 1", "3, 4"})
  void refusesToNest(int threads, int parts) {
    try (var pool = new WorkerPool(threads)) {
      assertThatThrownBy(
              () -> pool.run(parts, (index, thread) -> pool.run(2, (inner, innerThread) -> {})))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("parallel regions do not nest");
      var ran = new AtomicInteger();
      pool.run(parts, (index, thread) -> ran.incrementAndGet());
      assertThat(ran).hasValue(parts);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void refusesToRunOnceClosed(int threads) {
    var pool = new WorkerPool(threads);
    pool.run(4, (index, thread) -> {});
    pool.close();
    pool.close();
    assertThatThrownBy(() -> pool.run(1, (index, thread) -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the pool is closed");
  }

  @Test
  void refusesLessThanOneThread() {
    assertThatThrownBy(() -> new WorkerPool(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a pool requires from 1 to 1024 threads, got 0");
  }

  @Test
  void hasOneThreadPerProcessorByDefault() {
    try (var pool = new WorkerPool()) {
      assertThat(pool.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void regionsAllocateNothing(int threads) {
    long[] sums = new long[16 * threads];
    Task task = (index, thread) -> sums[16 * thread] += index;
    try (var pool = new WorkerPool(threads)) {
      long bytes =
          AllocatedBytes.leastOf(
              20,
              () -> {
                for (int region = 0; region < 10_000; region++) {
                  pool.run(8, task);
                }
              });
      assertThat(bytes).isLessThan(1000);
    }
  }
}
