package dev.lanewise.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
  private static final List<Bucket> BUCKETS =
      List.of(Bucket.of(new IndexRange(0, 1000)), Bucket.of(new IndexRange(1000, 2000)));

  @AfterEach
  void noThreadsAreLeft() throws Exception {
    Workers.requireNoThreads();
  }

  /** Sums until something goes wrong. */
  private static Object sumForEver(WorkerGroup group, CountDownLatch begun) {
    ArraySum sum = group.planSum(new ShardTree(group.size()), BUCKETS);
    while (true) {
      sum.begin(new float[1][2000]);
      sum.start(0);
      sum.start(1);
      sum.await();
      begun.countDown();
    }
  }

  @Test
  void aDeadWorkerIsNamedByAllOthers() throws Exception {
    Workers workers = new Workers(4);
    CountDownLatch begun = new CountDownLatch(20);
    try (Proxies proxies = new Proxies(Proxies::plain)) {
      workers.routes = proxies;
      List<CompletableFuture<Object>> all = workers.start(group -> sumForEver(group, begun));
      await(begun);
      proxies.cut(3, 0);
      proxies.cut(3, 1);
      proxies.cut(3, 2);
      for (int i = 0; i < 3; i++) {
        assertThat(Workers.failure(all.get(i))).contains(workers.name(3));
      }
      Workers.failure(all.get(3));
    }
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(Workers.GUARD.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aStalledConnectionIsNamed() throws Exception {
    Workers workers = new Workers(3);
    workers.options = workers.options.withStallTimeout(Duration.ofSeconds(1));
    CountDownLatch begun = new CountDownLatch(3);
    try (Proxies proxies = new Proxies(Proxies::plain)) {
      workers.routes =
          (from, to, address) -> from == 2 && to == 0 ? proxies.route(from, to, address) : address;
      List<CompletableFuture<Object>> all = workers.start(group -> sumForEver(group, begun));
      await(begun);
      proxies.stalled = true;
      for (CompletableFuture<Object> one : all) {
        assertThat(Workers.failure(one))
            .contains("nothing was heard of", "for 1 s")
            .containsAnyOf("worker 0 (", "worker 2 (");
      }
      proxies.stalled = false;
    }
  }

  @Test
  void anIdleGroupLives() throws Exception {
    Workers workers = new Workers(2);
    workers.options = workers.options.withStallTimeout(Duration.ofSeconds(1));
    workers.run(
        group -> {
          group.allGather(new byte[1]);
          Thread.sleep(1500);
          return group.allGather(new byte[1]);
        });
  }

  @Test
  void whoDoesNotComeIsNamed() throws Exception {
    Workers workers = new Workers(3);
    workers.options = workers.options.withWaitTimeout(Duration.ofSeconds(1));
    CountDownLatch failed = new CountDownLatch(2);
    List<CompletableFuture<Void>> all =
        workers.start(
            group -> {
              ArraySum sum = group.planSum(new ShardTree(3), BUCKETS);
              sum.begin(new float[1][2000]);
              sum.start(0);
              if (group.rank() == 1) {
                await(failed);
              }
              try {
                sum.start(1);
                sum.await();
              } finally {
                failed.countDown();
              }
              return null;
            });
    for (int i = 0; i < 3; i++) {
      assertThat(Workers.failure(all.get(i)))
          .contains(workers.name(1) + " with terms of bucket 1 of round 1", "1 s");
    }
  }

  @Test
  void whoDoesNotComeToAGatheringIsNamed() throws Exception {
    Workers workers = new Workers(2);
    workers.options = workers.options.withWaitTimeout(Duration.ofSeconds(1));
    CountDownLatch failed = new CountDownLatch(1);
    List<CompletableFuture<Object>> all =
        workers.start(
            group -> {
              if (group.rank() == 1) {
                await(failed);
              }
              try {
                group.allGather(new byte[0]);
                // The first may be complete here, but no other.
                return group.allGather(new byte[0]);
              } finally {
                failed.countDown();
              }
            });
    assertThat(Workers.failure(all.get(0))).contains(workers.name(1), "gathering 1", "1 s");
    assertThat(Workers.failure(all.get(1))).contains(workers.name(0), "gathering 1", "1 s");
  }

  @Test
  void theReasonOfAnAbortReachesAll() throws Exception {
    Workers workers = new Workers(4);
    CountDownLatch begun = new CountDownLatch(4);
    List<CompletableFuture<Object>> all =
        workers.start(
            group -> {
              if (group.rank() < 3) {
                return sumForEver(group, begun);
              }
              ArraySum sum = group.planSum(new ShardTree(4), BUCKETS);
              sum.begin(new float[1][2000]);
              sum.start(0);
              group.abort("its disk is full");
              group.abort("of something else");
              ExchangeException first = assertThrows(ExchangeException.class, () -> sum.start(1));
              assertSame(first, assertThrows(ExchangeException.class, sum::await));
              assertSame(
                  first, assertThrows(ExchangeException.class, () -> group.allGather(new byte[0])));
              throw first;
            });
    for (CompletableFuture<Object> one : all) {
      assertThat(Workers.failure(one))
          .isEqualTo(workers.name(3) + " ended the exchange: its disk is full");
    }
  }

  @Test
  void anInterruptEndsTheGroup() throws Exception {
    Workers workers = new Workers(3);
    CountDownLatch begun = new CountDownLatch(6);
    CompletableFuture<Thread> waiting = new CompletableFuture<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    List<CompletableFuture<Object>> all =
        workers.start(
            group -> {
              if (group.rank() > 0) {
                group.planSum(new ShardTree(3), BUCKETS);
                return group.allGather(new byte[0]);
              }
              waiting.complete(Thread.currentThread());
              try {
                return sumForEver(group, begun);
              } finally {
                flag.complete(Thread.currentThread().isInterrupted());
              }
            });
    Thread.sleep(100);
    Workers.get(waiting).interrupt();
    assertThat(Workers.get(flag)).isTrue();
    for (CompletableFuture<Object> one : all) {
      assertThat(Workers.failure(one)).contains(workers.name(0) + " was interrupted");
    }
  }

  @Test
  void whoLeavesTooEarlyIsNamed() throws Exception {
    Workers workers = new Workers(3);
    List<CompletableFuture<Object>> all =
        workers.start(
            group -> {
              ArraySum sum = group.planSum(new ShardTree(3), BUCKETS);
              sum.begin(new float[1][2000]);
              sum.start(0);
              sum.start(1);
              if (group.rank() != 2) {
                sum.await();
                return group.allGather(new byte[0]);
              }
              return null;
            });
    Workers.get(all.get(2));
    for (int i = 0; i < 2; i++) {
      assertThat(Workers.failure(all.get(i)))
          .contains(workers.name(2) + " has left the group before its part of");
    }
  }

  @Test
  void whoIsDoneMayLeaveBeforeTheOthers() throws Exception {
    new Workers(4)
        .run(
            group -> {
              group.allGather(new byte[100_000]);
              Thread.sleep(50L * group.rank());
              return null;
            });
  }

  @Test
  void aClosedGroupIsNotUsed() throws Exception {
    WorkerGroup closed =
        new Workers(2)
            .run(
                group -> {
                  group.close();
                  return group;
                })
            .getFirst();
    closed.close();
    closed.abort("after the end");
    assertThrows(IllegalStateException.class, () -> closed.allGather(new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 13, 20, 27})
  void aCorruptedHeaderIsNoticed(int place) throws Exception {
    Workers workers = new Workers(2);
    try (Proxies proxies = new Proxies(Proxies::plain)) {
      workers.routes = proxies;
      CountDownLatch formed = new CountDownLatch(2);
      List<CompletableFuture<Object>> all =
          workers.start(
              group -> {
                group.allGather(new byte[0]);
                formed.countDown();
                await(formed);
                proxies.corrupted.set(place);
                return group.allGather(group.rank() == 0 ? new byte[0] : new byte[100]);
              });
      String first = outcome(all.get(0));
      String second = outcome(all.get(1));
      assertThat(first + second).contains("sent what is no frame of the exchange");
    }
  }

  private static String outcome(CompletableFuture<Object> one) throws Exception {
    try {
      Workers.get(one);
      return "";
    } catch (ExchangeException e) {
      return e.getMessage();
    }
  }

  @Test
  void eachChangedBitOfAHeaderIsSeen() {
    ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES);
    FrameHeader.put(bytes, FrameHeader.Kind.TERMS, 1, 2, 3, 4, 5);
    FrameHeader header = new FrameHeader();
    assertThat(header.read(bytes, 0)).isTrue();
    for (int bit = 0; bit < FrameHeader.BYTES * Byte.SIZE; bit++) {
      byte[] changed = bytes.array().clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(header.read(ByteBuffer.wrap(changed), 0)).as("bit %s", bit).isFalse();
    }
  }
}
