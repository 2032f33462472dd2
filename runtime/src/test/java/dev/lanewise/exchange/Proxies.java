package dev.lanewise.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Bad connections between workers. */
final class Proxies implements Workers.Routes, AutoCloseable {
  /** Passes bytes of one direction until it ends. */
  interface Line {
    void pass(InputStream in, OutputStream out, Proxies proxies) throws Exception;
  }

  private final Line line;
  private final List<ServerSocket> servers = new CopyOnWriteArrayList<>();

  /** By the ranks of who connected and to whom. */
  private final ConcurrentHashMap<List<Integer>, List<Socket>> sockets = new ConcurrentHashMap<>();

  private final AtomicInteger seeds = new AtomicInteger();

  /** From then on nothing is passed. */
  volatile boolean stalled;

  /** Which of the next bytes is changed; -1 for none. */
  final AtomicInteger corrupted = new AtomicInteger(-1);

  Proxies(Line line) {
    this.line = line;
  }

  @Override
  public InetSocketAddress route(int from, int to, InetSocketAddress address) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, address.getAddress());
    servers.add(server);
    List<Socket> ends = new CopyOnWriteArrayList<>();
    sockets.put(List.of(from, to), ends);
    background(
        () -> {
          while (true) {
            Socket near = server.accept();
            ends.add(near);
            Socket far = new Socket(address.getAddress(), address.getPort());
            ends.add(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            background(() -> pass(near, far));
            background(() -> pass(far, near));
          }
        });
    return Workers.local(server.getLocalPort());
  }

  private interface Action {
    void run() throws Exception;
  }

  private static void background(Action action) {
    Thread.ofPlatform()
        .daemon()
        .name("proxy")
        .start(
            () -> {
              try {
                action.run();
              } catch (Exception e) {
                // The line is cut.
              }
            });
  }

  private void pass(Socket from, Socket to) throws Exception {
    try {
      line.pass(from.getInputStream(), to.getOutputStream(), this);
      to.shutdownOutput();
    } catch (IOException e) {
      from.close();
      to.close();
    }
  }

  /** Cuts the connection between two workers. */
  void cut(int from, int to) throws IOException {
    for (Socket socket : sockets.get(List.of(from, to))) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket server : servers) {
      server.close();
    }
    for (List<Socket> ends : sockets.values()) {
      for (Socket socket : ends) {
        socket.close();
      }
    }
  }

  /** Passes all at once, but for what is stalled or corrupted. */
  static void plain(InputStream in, OutputStream out, Proxies proxies) throws Exception {
    byte[] buffer = new byte[1 << 16];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      while (proxies.stalled) {
        Thread.sleep(5);
      }
      int place = proxies.corrupted.get();
      if (place >= 0 && place < count) {
        buffer[place] ^= 0x10;
        proxies.corrupted.set(-1);
      }
      out.write(buffer, 0, count);
    }
  }

  /** Passes some bytes now and some later, down to one, in each direction as it comes. */
  static void fragments(InputStream in, OutputStream out, Proxies proxies) throws Exception {
    Random random = new Random(proxies.seeds.getAndIncrement());
    byte[] buffer = new byte[9_000];
    while (true) {
      int most = random.nextInt(3) == 0 ? 1 + random.nextInt(30) : 1 + random.nextInt(9_000);
      int count = in.read(buffer, 0, most);
      if (count < 0) {
        return;
      }
      out.write(buffer, 0, count);
      if (random.nextInt(8) == 0) {
        Thread.sleep(random.nextInt(4));
      }
    }
  }
}
