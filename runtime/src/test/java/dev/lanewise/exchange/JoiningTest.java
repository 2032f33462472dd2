package dev.lanewise.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoiningTest {
  private static final int GREETING = 44;

  @AfterEach
  void noThreadsAreLeft() throws Exception {
    Workers.requireNoThreads();
  }

  private static byte[][] gather(WorkerGroup group) {
    return group.allGather(new byte[] {(byte) group.rank()});
  }

  private static Hello hello(String token, int rank, int workers, Map<String, String> facts) {
    return new Hello(token, rank, workers, facts);
  }

  /** A worker that comes with a listener of its own. */
  private static CompletableFuture<byte[][]> join(
      Hello hello, List<InetSocketAddress> addresses, ExchangeOptions options) {
    CompletableFuture<byte[][]> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (WorkerGroup group =
                  WorkerListener.bind(Workers.local(0)).connect(hello, addresses, options)) {
                result.complete(gather(group));
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  @Test
  void factsThatDifferAreNamedOnBothSides() throws Exception {
    Workers workers = new Workers(2);
    var first =
        workers.start(
            hello(Workers.TOKEN, 0, 2, Map.of("lanes", "8", "version", "1")), JoiningTest::gather);
    var second =
        workers.start(
            hello(Workers.TOKEN, 1, 2, Map.of("lanes", "16", "version", "1")), JoiningTest::gather);
    assertThat(Workers.failure(first))
        .isEqualTo(
            workers.name(1)
                + " has lanes 16, this worker 0 has lanes 8; all workers require the same");
    assertThat(Workers.failure(second))
        .isEqualTo(
            workers.name(0)
                + " has lanes 8, this worker 1 has lanes 16; all workers require the same");
  }

  @Test
  void aFactThatIsMissingIsNamed() throws Exception {
    Workers workers = new Workers(2);
    var first =
        workers.start(hello(Workers.TOKEN, 0, 2, Map.of("shards", "4")), JoiningTest::gather);
    var second = workers.start(hello(Workers.TOKEN, 1, 2, Map.of()), JoiningTest::gather);
    assertThat(Workers.failure(first)).contains("has no shards, this worker 0 has shards 4");
    assertThat(Workers.failure(second)).contains("has shards 4, this worker 1 has no shards");
  }

  @Test
  void theNumberOfWorkersAndThePrecisionAreFacts() throws Exception {
    Workers workers = new Workers(2);
    var first = workers.start(0, JoiningTest::gather);
    List<InetSocketAddress> addresses = new ArrayList<>(workers.addresses());
    addresses.add(Workers.local(9));
    var second = join(Workers.hello(1, 3), addresses, Workers.options());
    assertThat(Workers.failure(first)).contains("number of workers 3", "number of workers 2");
    assertThat(Workers.failure(second)).contains(workers.name(0), "number of workers 2");

    Workers others = new Workers(2);
    var third = others.start(0, JoiningTest::gather);
    var fourth =
        join(
            Workers.hello(1, 2),
            others.addresses(),
            Workers.options().withPrecision(Precision.BF16));
    assertThat(Workers.failure(third)).contains("precision of the exchange BF16");
    assertThat(Workers.failure(fourth)).contains("precision of the exchange BF16");
  }

  @Test
  void whoHasAnotherTokenIsTurnedAway() throws Exception {
    Workers workers = new Workers(2);
    var first = workers.start(0, JoiningTest::gather);
    var stranger =
        join(hello("another", 1, 2, Map.of("lanes", "16")), workers.addresses(), workers.options);
    assertThat(Workers.failure(stranger))
        .isEqualTo(workers.name(0) + " has another secret (token) than this worker");
    var second = workers.start(1, JoiningTest::gather);
    assertThat(Workers.get(first)).isEqualTo(Workers.get(second));
  }

  @Test
  void whoIsMissingOrTurnedAwayIsTold() throws Exception {
    Workers workers = new Workers(2);
    List<String> told = new CopyOnWriteArrayList<>();
    workers.setNotices(0, told::add);
    var first = workers.start(0, JoiningTest::gather);
    for (int i = 0; i < 2; i++) {
      Workers.failure(
          join(
              hello("another", 1, 2, Map.of("lanes", "16")), workers.addresses(), workers.options));
    }
    while (told.size() < 2) {
      assertThat(first).isNotDone();
      Thread.sleep(10);
    }
    assertThat(told.get(0))
        .startsWith("turned away: ")
        .endsWith(" has another secret (token) than this worker");
    assertThat(told.get(1)).startsWith("waiting: " + workers.name(1) + " did not connect");
    var second = workers.start(1, JoiningTest::gather);
    assertThat(Workers.get(first)).isEqualTo(Workers.get(second));
    assertThat(told).hasSize(2);
  }

  @Test
  void aRankThatIsTakenIsRefused() throws Exception {
    Workers workers = new Workers(3);
    var first = workers.start(0, JoiningTest::gather);
    var second = workers.start(1, JoiningTest::gather);
    // So that it comes after the other.
    Thread.sleep(300);
    var twin = join(Workers.hello(1, 3), workers.addresses(), workers.options);
    assertThat(Workers.failure(twin))
        .contains(workers.name(0), "rank 1 is taken by another worker");
    var third = workers.start(2, JoiningTest::gather);
    assertThat(Workers.get(first)).isEqualTo(Workers.get(second));
    assertThat(Workers.get(third)).hasDimensions(3, 1);
  }

  @Test
  void aRankThatDoesNotConnectIsRefused() throws Exception {
    Workers workers = new Workers(3);
    var first = workers.start(1, JoiningTest::gather);
    // To this one worker 1 is at the address of worker 0.
    List<InetSocketAddress> mixed =
        List.of(workers.address(1), workers.address(0), workers.address(2));
    var second = join(Workers.hello(2, 3), mixed, workers.options);
    assertThat(Workers.failure(second)).contains("says that it is worker 1", "mixed up");
    var rest =
        List.of(workers.start(0, JoiningTest::gather), workers.start(2, JoiningTest::gather));
    assertThat(Workers.get(first)).isEqualTo(Workers.get(rest.get(0)));
    Workers.get(rest.get(1));
  }

  /** Connects, writes some bytes, and leaves the connection open. */
  private static Socket connect(InetSocketAddress address, byte[] bytes) throws Exception {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.getOutputStream().write(bytes);
    return socket;
  }

  private static byte[] greeting(int version) {
    return ByteBuffer.allocate(GREETING)
        .put("lanewise".getBytes(StandardCharsets.US_ASCII))
        .putInt(version)
        .array();
  }

  @Test
  void strangersDoNotKeepWorkersFromJoining() throws Exception {
    Workers workers = new Workers(2);
    var first = workers.start(0, JoiningTest::gather);
    List<Socket> strangers = new ArrayList<>();
    InetSocketAddress address = workers.address(0);
    byte[] request = ("GET / HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n".repeat(99)).getBytes();
    strangers.add(connect(address, request));
    strangers.add(connect(address, new byte[0]));
    strangers.add(connect(address, new byte[7]));
    strangers.add(connect(address, new byte[100_000]));
    strangers.add(connect(address, greeting(2)));
    strangers.add(connect(address, greeting(1)));
    // A proof, and a length that would take all memory.
    byte[] huge = ByteBuffer.allocate(GREETING + 36).put(greeting(1)).array();
    ByteBuffer.wrap(huge).putInt(GREETING + 32, Integer.MAX_VALUE);
    strangers.add(connect(address, huge));
    for (int i = 0; i < 300; i++) {
      strangers.add(connect(address, new byte[0]));
    }
    // Gives back what it gets, so as to prove with the worker's own proof.
    Socket mirror = connect(address, new byte[0]);
    Thread echo =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    mirror.getInputStream().transferTo(mirror.getOutputStream());
                  } catch (IOException e) {
                    // It was turned away.
                  }
                });
    echo.join(Workers.GUARD);
    assertThat(echo.isAlive()).isFalse();
    assertThat(first).isNotDone();
    var second = workers.start(1, JoiningTest::gather);
    assertThat(Workers.get(first)).isEqualTo(Workers.get(second));
    for (Socket stranger : strangers) {
      stranger.close();
    }
  }

  @Test
  void anotherVersionIsNamedWhereItListens() throws Exception {
    try (ServerSocket old = new ServerSocket(0, 5, Workers.local(0).getAddress())) {
      var second =
          join(
              Workers.hello(1, 2),
              List.of(Workers.local(old.getLocalPort()), Workers.local(9)),
              Workers.options());
      try (Socket socket = old.accept()) {
        socket.getOutputStream().write(greeting(7));
        assertThat(Workers.failure(second)).contains("worker 0", "version 7", "version 1");
      }
    }
  }

  @Test
  void whoDoesNotComeIsNamed() throws Exception {
    Workers workers = new Workers(3);
    workers.options = workers.options.withConnectTimeout(Duration.ofSeconds(1));
    var first = workers.start(0, JoiningTest::gather);
    var second = workers.start(1, JoiningTest::gather);
    for (var one : List.of(first, second)) {
      assertThat(Workers.failure(one))
          .contains("not complete within 1 s: " + workers.name(2) + " did not connect");
    }
  }

  @Test
  void whatCameInsteadIsNamed() throws Exception {
    Workers workers = new Workers(2);
    workers.options = workers.options.withConnectTimeout(Duration.ofSeconds(1));
    var first = workers.start(0, JoiningTest::gather);
    try (Socket stranger = connect(workers.address(0), new byte[100])) {
      assertThat(Workers.failure(first))
          .contains(workers.name(1) + " did not connect; turned away was ")
          .contains(":" + stranger.getLocalPort() + " is no worker");
    }
  }

  @Test
  void whoCannotBeReachedIsNamed() throws Exception {
    Workers late = new Workers(2);
    late.options = late.options.withConnectTimeout(Duration.ofMillis(300));
    int closed;
    try (WorkerListener listener = WorkerListener.bind(Workers.local(0))) {
      closed = listener.port();
    }
    late.routes = (from, to, address) -> Workers.local(closed);
    assertThat(Workers.failure(late.start(1, JoiningTest::gather)))
        .contains("worker 0 (localhost:" + closed + ") cannot be reached");
  }

  @Test
  void othersMayStartLater() throws Exception {
    int port;
    try (WorkerListener listener = WorkerListener.bind(Workers.local(0))) {
      port = listener.port();
    }
    List<InetSocketAddress> addresses = List.of(Workers.local(port), Workers.local(9));
    var second = join(Workers.hello(1, 2), addresses, Workers.options());
    Thread.sleep(250);
    try (WorkerGroup group =
        WorkerListener.bind(Workers.local(port))
            .connect(Workers.hello(0, 2), addresses, Workers.options())) {
      assertThat(gather(group)).isEqualTo(Workers.get(second));
    }
  }

  @Test
  void aConnectionThatBreaksTooEarlyIsMadeAnew() throws Exception {
    Workers workers = new Workers(3);
    try (Proxies proxies = new Proxies(Proxies::plain)) {
      workers.routes = proxies;
      var first = workers.start(0, JoiningTest::gather);
      var second = workers.start(1, JoiningTest::gather);
      Thread.sleep(200);
      proxies.cut(1, 0);
      Thread.sleep(50);
      var third = workers.start(2, JoiningTest::gather);
      assertThat(Workers.get(first)).isEqualTo(Workers.get(second));
      assertThat(Workers.get(third)).hasDimensions(3, 1);
    }
  }

  @Test
  void whyTheGroupDoesNotFormReachesWhoHasJoined() throws Exception {
    Workers workers = new Workers(3);
    var first = workers.start(0, JoiningTest::gather);
    var third = workers.start(2, JoiningTest::gather);
    Thread.sleep(200);
    var second =
        workers.start(hello(Workers.TOKEN, 1, 3, Map.of("lanes", "4")), JoiningTest::gather);
    Workers.failure(second);
    assertThat(Workers.failure(first)).contains("lanes 4");
    assertThat(Workers.failure(third)).contains("lanes 4");
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Workers workers = new Workers(2);
    Thread waiting =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  ExchangeException e =
                      assertThrows(
                          ExchangeException.class, () -> workers.connect(Workers.hello(0, 2)));
                  assertThat(e).hasMessageContaining(workers.name(0) + " was interrupted");
                  flag.complete(Thread.currentThread().isInterrupted());
                });
    Thread.sleep(50);
    waiting.interrupt();
    assertThat(Workers.get(flag)).isTrue();
  }

  @Test
  void aListenerSaysWhereItCannotListen() {
    try (WorkerListener listener = WorkerListener.bind(Workers.local(0))) {
      InetSocketAddress taken = Workers.local(listener.port());
      assertThat(assertThrows(ExchangeException.class, () -> WorkerListener.bind(taken)))
          .hasMessageContaining("localhost:" + listener.port());
    }
    InetSocketAddress unknown = InetSocketAddress.createUnresolved("no-such-host", 1);
    assertThat(assertThrows(ExchangeException.class, () -> WorkerListener.bind(unknown)))
        .hasMessage("a worker cannot listen at no-such-host:1: its host is unknown");
  }

  @Test
  void aHelloThatCannotBeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> hello(" ", 0, 1, Map.of()));
    assertThrows(IllegalArgumentException.class, () -> hello("t", 1, 1, Map.of()));
    assertThrows(
        IllegalArgumentException.class, () -> hello("t", 0, 1, Map.of("a", "b".repeat(10_000))));
    assertThat(hello(Workers.TOKEN, 0, 1, Map.of()).toString()).doesNotContain(Workers.TOKEN);
  }
}
