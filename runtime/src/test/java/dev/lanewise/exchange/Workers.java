package dev.lanewise.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Workers as threads of one process. */
final class Workers {
  static final String TOKEN = "the secret of a test";

  /** Longer than anything takes, so that a test that hangs ends. */
  static final Duration GUARD = Duration.ofSeconds(60);

  private final List<WorkerListener> listeners = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final int workers;
  ExchangeOptions options = options();
  Routes routes = (from, to, address) -> address;

  /** How a worker reaches another. */
  interface Routes {
    InetSocketAddress route(int from, int to, InetSocketAddress address) throws Exception;
  }

  /** What a worker does in the group. */
  interface Work<T> {
    T run(WorkerGroup group) throws Exception;
  }

  Workers(int workers) {
    this.workers = workers;
    for (int i = 0; i < workers; i++) {
      listeners.add(WorkerListener.bind(local(0)));
      addresses.add(local(listeners.get(i).port()));
    }
  }

  void setNotices(int rank, Consumer<String> told) {
    listeners.get(rank).setNotices(told);
  }

  static ExchangeOptions options() {
    return ExchangeOptions.defaults()
        .withConnectTimeout(Duration.ofSeconds(30))
        .withStallTimeout(Duration.ofSeconds(20))
        .withWaitTimeout(Duration.ofSeconds(40));
  }

  static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  InetSocketAddress address(int rank) {
    return addresses.get(rank);
  }

  List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** The worker as messages have it. */
  String name(int rank) {
    return "worker " + rank + " (localhost:" + addresses.get(rank).getPort() + ")";
  }

  static Hello hello(int rank, int workers) {
    return new Hello(TOKEN, rank, workers, Map.of("lanes", "16"));
  }

  /** Starts all workers. */
  <T> List<CompletableFuture<T>> start(Work<T> work) {
    List<CompletableFuture<T>> all = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      all.add(start(i, work));
    }
    return all;
  }

  <T> CompletableFuture<T> start(int rank, Work<T> work) {
    return start(hello(rank, workers), work);
  }

  <T> CompletableFuture<T> start(Hello hello, Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("worker-" + hello.rank())
        .start(
            () -> {
              try (WorkerGroup group = connect(hello)) {
                result.complete(work.run(group));
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  WorkerGroup connect(Hello hello) throws Exception {
    List<InetSocketAddress> routed = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      routed.add(
          i < hello.rank() ? routes.route(hello.rank(), i, addresses.get(i)) : addresses.get(i));
    }
    return listeners.get(hello.rank()).connect(hello, routed, options);
  }

  /** Runs all workers to their ends. */
  <T> List<T> run(Work<T> work) throws Exception {
    List<T> results = new ArrayList<>();
    for (CompletableFuture<T> future : start(work)) {
      results.add(get(future));
    }
    return results;
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(GUARD.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** The message of the failure that a worker ends with. */
  static String failure(CompletableFuture<?> future) throws Exception {
    try {
      Object value = future.get(GUARD.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("a worker did not fail but returned " + value);
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(ExchangeException.class);
      assertThat(e.getCause().getMessage()).doesNotContain(TOKEN);
      return e.getCause().getMessage();
    } catch (TimeoutException e) {
      throw new AssertionError("a worker hangs", e);
    }
  }

  /** All threads of exchanges end soon. */
  static void requireNoThreads() throws InterruptedException {
    long start = System.nanoTime();
    List<String> left = List.of();
    while (System.nanoTime() - start < GUARD.toNanos()) {
      left =
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(name -> name.startsWith("lanewise-exchange"))
              .toList();
      if (left.isEmpty()) {
        return;
      }
      Thread.sleep(5);
    }
    throw new AssertionError("threads are left: " + left);
  }
}
