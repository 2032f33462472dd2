package dev.lanewise.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Where a worker listens for others, from the moment when its address must be known until the group
 * is complete.
 *
 * <p>Each worker connects to those of lower rank, and both sides prove that they have the group's
 * token before they believe each other anything. Who cannot, or sends nothing, or anything else, is
 * turned away and does not keep the right ones from joining. What follows is neither encrypted nor
 * authenticated: workers belong into a network that others cannot write to.
 */
public final class WorkerListener implements AutoCloseable {
  private final ServerSocketChannel server;
  private Consumer<String> notices = line -> {};

  private WorkerListener(ServerSocketChannel server) {
    this.server = server;
  }

  /**
   * Begins to listen.
   *
   * @param address where; port 0 takes any that is free
   * @return the listener, to be closed where no group is made of it
   * @throws ExchangeException where that is not possible
   */
  public static WorkerListener bind(InetSocketAddress address) {
    ServerSocketChannel server = null;
    try {
      if (address.isUnresolved()) {
        throw new IOException("its host is unknown");
      }
      server = ServerSocketChannel.open();
      server.configureBlocking(false);
      server.bind(address);
      return new WorkerListener(server);
    } catch (IOException e) {
      if (server != null) {
        new WorkerListener(server).close();
      }
      throw new ExchangeException(
          "a worker cannot listen at " + Joining.text(address) + ": " + Joining.text(e));
    }
  }

  /**
   * {@return the port}
   *
   * @throws ExchangeException where the listener is closed
   */
  public int port() {
    try {
      return ((InetSocketAddress) server.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new ExchangeException("a closed listener has no port");
    }
  }

  /**
   * Sets who is told, on the thread that waits, what happens while the group forms: after some
   * seconds, and then ever more seldom, who is missing; each kind of fault that connections were
   * turned away for, such as another secret, once.
   *
   * @param told gets a line at a time
   */
  public void setNotices(Consumer<String> told) {
    notices = Objects.requireNonNull(told);
  }

  /**
   * Waits until all workers are connected with each other. The listener is closed afterwards,
   * whether or not that was so. Interrupting the waiting thread ends it with an error; the thread
   * stays interrupted.
   *
   * @param hello who this worker is
   * @param addresses of all workers by rank; that of this worker is only its name
   * @param options how to exchange
   * @return the group
   * @throws IllegalArgumentException where there are not as many addresses as workers
   * @throws ExchangeException where a worker does not come in time, or one comes that is not like
   *     this one: the message names it
   */
  public WorkerGroup connect(
      Hello hello, List<InetSocketAddress> addresses, ExchangeOptions options) {
    try (this) {
      if (addresses.size() != hello.workers()) {
        throw new IllegalArgumentException(
            hello.workers() + " workers require as many addresses, got " + addresses.size());
      }
      if (hello.workers() == 1) {
        return WorkerGroup.alone();
      }
      return new Joining(server, hello, addresses, options, notices).run();
    }
  }

  /** Ends listening. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      // Nobody can connect either way.
    }
  }
}
