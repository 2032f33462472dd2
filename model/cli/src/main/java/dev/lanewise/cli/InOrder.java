package dev.lanewise.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Works on several things at a time, and hands on what comes of them in their order. */
final class InOrder {
  private InOrder() {}

  /**
   * Works on all things.
   *
   * @param most that are worked on, or wait to be handed on, at a time
   * @param work done on threads of its own
   * @param use called here, for one after the other: its second argument returns the result, or
   *     throws what the work threw
   */
  static <T, R> void of(
      List<T> things, int most, Function<T, R> work, BiConsumer<T, Supplier<R>> use) {
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(most, things.size()))) {
      Deque<Future<R>> begun = new ArrayDeque<>();
      int next = 0;
      for (T thing : things) {
        for (; next < things.size() && begun.size() < most; next++) {
          T begins = things.get(next);
          begun.add(threads.submit(() -> work.apply(begins)));
        }
        Future<R> result = begun.remove();
        use.accept(thing, () -> get(result));
      }
    }
  }

  private static <R> R get(Future<R> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while images were worked on", e);
    }
  }
}
