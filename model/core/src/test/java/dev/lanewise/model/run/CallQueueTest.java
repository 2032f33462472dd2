package dev.lanewise.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.Stripes;
import dev.lanewise.model.TinyNetwork;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers of one network, while an image that is held up lets others wait behind it. */
class CallQueueTest {
  private static final int MOST = 4;
  private static final int VALUES = Stripes.SIZE * Stripes.SIZE * 3;

  private final WorkerPool pool = new WorkerPool(2);
  private final Network network =
      new TinyNetwork(
          new NetworkOptions(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES.size(), 1, null, pool));
  private final Inference inference = inference();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  /** The images that were written for runs, in order. */
  private final List<Integer> written = Collections.synchronizedList(new ArrayList<>());

  private Inference inference() {
    PassCache passes = new PassCache(network);
    passes.foldForGood();
    return new Inference(network, passes, Stripes.CLASSES, StandardPreprocessing.RESCALE);
  }

  @AfterEach
  void end() {
    release.countDown();
    callers.close();
    pool.close();
  }

  private NetworkInput image(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = random.nextInt(256) / 255f;
    }
    NetworkInput input = inference.input(values);
    return (dst, at) -> {
      written.add(seed);
      input.write(dst, at);
    };
  }

  /** An image that the network does not get before it is released. */
  private NetworkInput heldUp(int seed) {
    NetworkInput input = image(seed);
    return (dst, at) -> {
      held.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      input.write(dst, at);
    };
  }

  /** Asks for an image that is held up; returns once the network works on it. */
  private Future<float[][]> askHeldUp(CallQueue queue, int seed) throws InterruptedException {
    NetworkInput image = heldUp(seed);
    Future<float[][]> answer = callers.submit(() -> queue.call(List.of(image)));
    held.await();
    return answer;
  }

  /** Asks on a thread of its own; returns once the call waits behind those before. */
  private Future<float[][]> ask(CallQueue queue, NetworkInput... images)
      throws InterruptedException {
    int before = queue.waiting();
    Future<float[][]> answer = callers.submit(() -> queue.call(List.of(images)));
    while (queue.waiting() == before) {
      Thread.sleep(1);
    }
    return answer;
  }

  private float[][] alone(int... seeds) {
    float[][] rows = new float[seeds.length][];
    for (int i = 0; i < seeds.length; i++) {
      rows[i] = inference.run(List.of(image(seeds[i])))[0];
    }
    written.clear();
    return rows;
  }

  @Test
  void whatWaitsIsWorkedOnTogether() throws Exception {
    float[][] wanted = alone(0, 1, 2, 3, 4, 5);
    List<Future<float[][]>> answers = new ArrayList<>();
    try (CallQueue queue = new CallQueue(inference, MOST, true)) {
      answers.add(askHeldUp(queue, 0));
      answers.add(ask(queue, image(1)));
      answers.add(ask(queue, image(2), image(3)));
      answers.add(ask(queue, image(4), image(5)));
      release.countDown();
      assertThat(answers.get(0).get()).isDeepEqualTo(new float[][] {wanted[0]});
      assertThat(answers.get(1).get()).isDeepEqualTo(new float[][] {wanted[1]});
      assertThat(answers.get(2).get()).isDeepEqualTo(new float[][] {wanted[2], wanted[3]});
      assertThat(answers.get(3).get()).isDeepEqualTo(new float[][] {wanted[4], wanted[5]});
      // Five were too many: the third call was not torn apart.
      assertThat(queue.runs()).isEqualTo(3);
    }
    assertThat(written).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void callsAreKeptApartWhereImagesInfluenceEachOther() throws Exception {
    List<Future<float[][]>> answers = new ArrayList<>();
    try (CallQueue queue = new CallQueue(inference, MOST, false)) {
      answers.add(askHeldUp(queue, 0));
      answers.add(ask(queue, image(1)));
      answers.add(ask(queue, image(2)));
      release.countDown();
      for (Future<float[][]> answer : answers) {
        answer.get();
      }
      assertThat(queue.runs()).isEqualTo(3);
    }
  }

  @Test
  void interruptedCallerLeavesTheOthersAlone() throws Exception {
    float[][] wanted = alone(0, 1, 3);
    try (CallQueue queue = new CallQueue(inference, MOST, true)) {
      Future<float[][]> first = askHeldUp(queue, 0);
      Future<float[][]> second = ask(queue, image(1));
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread impatient =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      queue.call(List.of(image(2)));
                    } catch (CancellationException e) {
                      thrown.complete(Thread.currentThread().isInterrupted() ? e : null);
                    }
                  });
      while (queue.waiting() < 2) {
        Thread.sleep(1);
      }
      impatient.interrupt();
      assertThat(thrown.get()).hasMessage("interrupted while images waited for their turn");
      Future<float[][]> third = ask(queue, image(3));
      release.countDown();
      assertThat(first.get()[0]).isEqualTo(wanted[0]);
      assertThat(second.get()[0]).isEqualTo(wanted[1]);
      assertThat(third.get()[0]).isEqualTo(wanted[2]);
    }
    assertThat(written).containsExactly(0, 1, 3);
  }

  @Test
  void callThatIsWorkedOnIsNotInterrupted() throws Exception {
    float[][] wanted = alone(0);
    try (CallQueue queue = new CallQueue(inference, MOST, true)) {
      CompletableFuture<float[][]> answer = new CompletableFuture<>();
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread caller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    answer.complete(queue.call(List.of(heldUp(0))));
                    flag.complete(Thread.currentThread().isInterrupted());
                  });
      held.await();
      caller.interrupt();
      release.countDown();
      assertThat(answer.get()).isDeepEqualTo(wanted);
      assertThat(flag.get()).isTrue();
    }
  }

  @Test
  void closingEndsWhatIsWorkedOnAndRefusesTheRest() throws Exception {
    float[][] wanted = alone(0);
    CallQueue queue = new CallQueue(inference, MOST, true);
    Future<float[][]> first = askHeldUp(queue, 0);
    Future<float[][]> second = ask(queue, image(1));
    Future<?> closing = callers.submit(queue::close);
    assertThatThrownBy(second::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the classifier was closed");
    assertThat(closing.isDone()).isFalse();
    release.countDown();
    assertThat(first.get()).isDeepEqualTo(wanted);
    closing.get();
    assertThatThrownBy(() -> queue.call(List.of(image(2))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the classifier is closed");
  }

  @Test
  void imageWithoutAFiniteAnswerFailsAlone() throws Exception {
    float[][] wanted = alone(0, 1, 2);
    float[] huge = new float[VALUES];
    Arrays.fill(huge, Float.MAX_VALUE);
    try (CallQueue queue = new CallQueue(inference, MOST, true)) {
      Future<float[][]> first = askHeldUp(queue, 0);
      Future<float[][]> second = ask(queue, image(1));
      Future<float[][]> bad = ask(queue, inference.input(huge));
      Future<float[][]> third = ask(queue, image(2));
      release.countDown();
      assertThatThrownBy(bad::get)
          .cause()
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("not a finite number");
      assertThat(first.get()[0]).isEqualTo(wanted[0]);
      assertThat(second.get()[0]).isEqualTo(wanted[1]);
      assertThat(third.get()[0]).isEqualTo(wanted[2]);
    }
  }

  @Test
  void failureIsToldAndTheQueueGoesOn() throws Exception {
    float[][] wanted = alone(1);
    NetworkInput failing =
        (dst, at) -> {
          throw new IllegalArgumentException("as it happens");
        };
    try (CallQueue queue = new CallQueue(inference, MOST, true)) {
      assertThatThrownBy(() -> queue.call(List.of(failing)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("as it happens");
      assertThat(queue.call(List.of(image(1)))).isDeepEqualTo(wanted);
    }
  }
}
