package dev.lanewise.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lanewise.model.Classifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Classifies images that it is sent: {@code POST /classify}, {@code GET /health}, {@code GET
 * /metrics}, and a page for browsers at {@code /}. Each request has a virtual thread.
 */
public final class ImageServer implements AutoCloseable {
  static final String CLASSIFY = "/classify";
  private static final String HEALTH = "/health";
  private static final String METRICS = "/metrics";
  private static final String PAGE = "/";

  /** Connections that wait to be taken up by the system. */
  private static final int BACKLOG = 1024;

  /** For clients that send one request after the other. */
  private static final int LEAST_IDLE_SECONDS = 5;

  private static final String JDK = "sun.net.httpserver.";

  /** Of an address, what an answer repeats at most. */
  private static final int MOST_ECHO = 100;

  private final Classifier classifier;
  private final Limits limits;
  private final PrintWriter err;
  private final Admission admission;
  private final Metrics metrics;
  private final Classifying classifying;
  private final String health;
  private final String page;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Clients clients;
  private volatile boolean stopping;

  /**
   * Starts a server.
   *
   * @param address where it listens; port 0 for one that is free
   * @param classifier closed with the server
   * @param model what the page and /health call the model
   * @param limits of requests
   * @param err where too many clients and defects of the program are told
   * @throws IOException where the address cannot be had
   */
  public ImageServer(
      InetSocketAddress address,
      Classifier classifier,
      String model,
      Limits limits,
      PrintWriter err)
      throws IOException {
    this.classifier = classifier;
    this.limits = limits;
    this.err = err;
    this.admission = new Admission(limits.requests(), Runtime.getRuntime().maxMemory() / 4);
    this.metrics = new Metrics(admission::requests);
    this.classifying = new Classifying(classifier, limits, metrics);
    this.health = Health.json(model, classifier);
    this.page = resource("page.html");
    WarmUp.of(classifier);
    configure(limits);
    server = HttpServer.create(address, BACKLOG);
    clients =
        new Clients(threads, limits.time(), Math.ceilDiv(limits.connections(), 2), this::tellCrowd);
    server.setExecutor(clients);
    server.createContext(PAGE, this::handle);
    server.start();
  }

  /**
   * Sets what the JDK's server reads once, when the first one of a program is made: answers are not
   * held back for more bytes to come; a body that is left unread is not waited for; connections are
   * closed that are too many, or on which nothing comes.
   */
  private static void configure(Limits limits) {
    setIfAbsent(JDK + "nodelay", "true");
    setIfAbsent(JDK + "drainAmount", "0");
    setIfAbsent("jdk.httpserver.maxConnections", Integer.toString(limits.connections()));
    long seconds = limits.time().toSeconds() + 1;
    setIfAbsent(JDK + "idleInterval", Long.toString(Math.max(seconds, LEAST_IDLE_SECONDS)));
    // A request has its time twice, for its head and its body: Clients and inTime see to that.
    setIfAbsent(JDK + "maxReqTime", Long.toString(2 * seconds));
    setIfAbsent(JDK + "clockTick", "1000");
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ImageServer.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns where the server listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void tellCrowd() {
    say(
        "more than half of the "
            + limits.connections()
            + " connections wait for their clients; those that wait the longest are closed");
  }

  private void say(String sentence) {
    synchronized (err) {
      err.println("lanewise serve: " + sentence);
      err.flush();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    clients.received();
    String path = exchange.getRequestURI().getPath();
    Answer answer;
    try {
      answer = answer(exchange, path);
    } catch (Refusal e) {
      answer = Answer.of(e);
    }
    metrics.answered(isKnown(path) ? path : "other", answer.status());
    answer.send(exchange);
    boolean late = answer.status() == Status.REQUEST_TIMEOUT;
    if (!late && !exchange.getRequestMethod().equals("HEAD")) {
      // A client that still sends does not see an answer behind which the connection is closed.
      clients.waitFor();
      Body.discard(exchange.getRequestBody(), limits.bytes());
    }
    exchange.close();
  }

  private static boolean isKnown(String path) {
    return switch (path) {
      case CLASSIFY, HEALTH, METRICS, PAGE -> true;
      default -> false;
    };
  }

  private Answer answer(HttpExchange exchange, String path) {
    if (path.equals(CLASSIFY) && exchange.getRequestMethod().equals("POST")) {
      return inTime(exchange);
    }
    if (!isKnown(path)) {
      throw new Refusal(
          Status.NOT_FOUND,
          "there is nothing at "
              + shortened(path)
              + ": POST "
              + CLASSIFY
              + " classifies, and GET /, "
              + HEALTH
              + " and "
              + METRICS
              + " tell");
    }
    require(exchange, path.equals(CLASSIFY) ? "POST" : "GET", "HEAD");
    return switch (path) {
      case HEALTH -> Answer.json(health);
      case METRICS -> new Answer(Status.OK, Metrics.CONTENT_TYPE, metrics.text());
      default -> new Answer(Status.OK, "text/html; charset=utf-8", page);
    };
  }

  /** Returns a text that may be of any length as far as it tells who sent it what it was. */
  static String shortened(String text) {
    return text.length() <= MOST_ECHO ? text : text.substring(0, MOST_ECHO) + "...";
  }

  private static void require(HttpExchange exchange, String method, String other) {
    String got = exchange.getRequestMethod();
    String allowed = method.equals("POST") ? method : method + ", " + other;
    if (!List.of(allowed.split(", ")).contains(got)) {
      exchange.getResponseHeaders().set("Allow", allowed);
      throw new Refusal(
          Status.METHOD_NOT_ALLOWED,
          exchange.getRequestURI().getPath() + " requires " + method + ", got " + shortened(got));
    }
  }

  /** Answers on another thread, which is given up where it takes too long. */
  private Answer inTime(HttpExchange exchange) {
    AtomicBoolean wasRead = new AtomicBoolean();
    Future<Answer> answer = threads.submit(() -> classify(exchange, wasRead));
    try {
      return answer.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return tooLate(answer, wasRead.get());
    } catch (ExecutionException e) {
      return failed(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Status.SERVICE_UNAVAILABLE, "the server ends");
    }
  }

  private Answer tooLate(Future<Answer> answer, boolean wasRead) {
    String time = limits.time().toMillis() / 1000.0 + " seconds";
    if (!wasRead) {
      // Its thread waits for the client, and ends with the connection.
      throw new Refusal(Status.REQUEST_TIMEOUT, "a request requires its whole body within " + time);
    }
    answer.cancel(true);
    throw new Refusal(
        Status.SERVICE_UNAVAILABLE, "the server has not come to it within " + time + "; try again");
  }

  private Answer failed(Throwable thrown) {
    if (thrown instanceof Refusal refusal) {
      throw refusal;
    }
    if (stopping || thrown instanceof CancellationException) {
      throw new Refusal(Status.SERVICE_UNAVAILABLE, "the server ends");
    }
    synchronized (err) {
      say("a defect of the program; please report what follows");
      thrown.printStackTrace(err);
      err.flush();
    }
    throw new Refusal(Status.INTERNAL_SERVER_ERROR, "a defect of the server, which its log tells");
  }

  private Answer classify(HttpExchange exchange, AtomicBoolean wasRead)
      throws InterruptedException {
    try (Admission.Ticket ticket = admission.enter()) {
      String length = exchange.getRequestHeaders().getFirst("Content-Length");
      byte[] body = Body.read(exchange.getRequestBody(), limits.bytes(), length, ticket);
      wasRead.set(true);
      return classifying.answer(exchange, body);
    }
  }

  /**
   * Takes no more requests, closes connections whose requests are not there, and ends once those
   * that are worked on are answered.
   */
  @Override
  public void close() {
    stopping = true;
    try {
      clients.end(limits.time().plusSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    classifier.close();
    threads.close();
  }
}
