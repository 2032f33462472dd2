package dev.lanewise.cli.serve;

import java.util.concurrent.atomic.AtomicLong;

/** Lets in as many requests as may wait, and as many bytes of their bodies as fit in memory. */
final class Admission {
  private final int mostRequests;
  private final long mostBytes;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** Starts without requests. */
  Admission(int mostRequests, long mostBytes) {
    this.mostRequests = mostRequests;
    this.mostBytes = mostBytes;
  }

  /** A request that was let in. */
  final class Ticket implements AutoCloseable {
    private long reserved;

    private Ticket() {}

    /**
     * Takes room for bytes of the body.
     *
     * @throws Refusal where there is none at the moment
     */
    void reserve(int more) {
      reserved += more;
      if (bytes.addAndGet(more) > mostBytes) {
        throw new Refusal(
            Status.SERVICE_UNAVAILABLE,
            "the bodies of all requests together require more than the server's "
                + mostBytes
                + " bytes for them; try again later");
      }
    }

    @Override
    public void close() {
      bytes.addAndGet(-reserved);
      requests.decrementAndGet();
    }
  }

  /**
   * Lets a request in.
   *
   * @throws Refusal where too many are there
   */
  Ticket enter() {
    if (requests.incrementAndGet() > mostRequests) {
      requests.decrementAndGet();
      throw new Refusal(
          Status.SERVICE_UNAVAILABLE,
          "the server works on " + mostRequests + " requests already; try again later");
    }
    return new Ticket();
  }

  /** Returns the number of requests that are there. */
  long requests() {
    return requests.get();
  }
}
