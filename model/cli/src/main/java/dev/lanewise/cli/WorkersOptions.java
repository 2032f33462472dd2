package dev.lanewise.cli;

import dev.lanewise.exchange.ExchangeOptions;
import dev.lanewise.exchange.Hello;
import dev.lanewise.exchange.Precision;
import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.exchange.WorkerListener;
import dev.lanewise.model.training.Recipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Workers on several machines, each started by hand, that train one network. */
final class WorkersOptions {
  static final String WORKERS = "--workers";
  static final String RANK = "--rank";
  static final String SECRET = "--secret";
  static final String WIRE = "--wire";

  /** Host and port; an IPv6 address in brackets. */
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^\\s:\\[\\]]+):(\\d{1,5})");

  /** Who starts workers by hand, or has them open their data, is not fast. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int MOST_PORT = 65_535;
  private static final int LEAST_SECRET = 16;
  private static final int MOST_SECRET = 4096;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = WORKERS,
      paramLabel = "HOST:PORT",
      split = ",",
      description =
          "Train on several machines: the addresses at which all workers reach each other. The"
              + " same command is started on each, with its own --rank; only worker 0 saves."
              + " Results are those of one machine with as many --shards.")
  private List<String> workers;

  @Option(
      names = RANK,
      paramLabel = "R",
      description = "With --workers: which of them this one is, from 0.")
  private Integer rank;

  @Option(
      names = SECRET,
      paramLabel = "FILE",
      description =
          "With --workers: a file with the text by which they know each other, of at least "
              + LEAST_SECRET
              + " characters. Default: none, and whoever reaches a port may join in.")
  private Path secret;

  @Option(
      names = WIRE,
      paramLabel = "FORMAT",
      description =
          "With --workers: how gradients travel, float32 or bf16, which halves the traffic, but"
              + " makes results depend on the number of workers. Default: float32.")
  private Precision wire;

  private final List<InetSocketAddress> addresses = new ArrayList<>();

  /** Finds what is wrong before any time is spent. */
  void check() {
    if (workers == null) {
      require(rank == null, RANK + " requires " + WORKERS);
      require(secret == null, SECRET + " requires " + WORKERS);
      require(wire == null, WIRE + " requires " + WORKERS);
      return;
    }
    require(rank != null, WORKERS + " requires " + RANK + ": which of them this one is, from 0");
    require(
        rank >= 0 && rank < workers.size(),
        RANK + " requires a number from 0 to " + (workers.size() - 1) + ", got " + rank);
    addresses.clear();
    workers.forEach(worker -> addresses.add(address(worker)));
    require(
        addresses.stream().distinct().count() == addresses.size(),
        WORKERS + " requires an address of its own for each worker, got " + workers);
    if (secret != null) {
      token();
    }
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private InetSocketAddress address(String text) {
    Matcher matcher = ADDRESS.matcher(text.strip());
    require(
        matcher.matches(), WORKERS + " requires addresses as in 10.0.0.1:7070, got '" + text + "'");
    int port = Integer.parseInt(matcher.group(2));
    require(
        port >= 1 && port <= MOST_PORT,
        WORKERS + " requires ports from 1 to " + MOST_PORT + ", got '" + text + "'");
    String host = matcher.group(1);
    InetSocketAddress address =
        new InetSocketAddress(
            host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    require(!address.isUnresolved(), WORKERS + " names '" + host + "', a host that is not known");
    return address;
  }

  /** Without a secret the workers know each other by what all of them were told. */
  private String token() {
    if (secret == null) {
      return String.join(",", workers);
    }
    try {
      long size = Files.size(secret);
      require(
          size <= MOST_SECRET,
          SECRET + " requires a file of at most " + MOST_SECRET + " bytes, got " + size);
      String text = Files.readString(secret).strip();
      require(
          text.length() >= LEAST_SECRET,
          SECRET
              + " requires a text of at least "
              + LEAST_SECRET
              + " characters, got "
              + text.length()
              + " in "
              + secret);
      return text;
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), SECRET + " cannot read " + secret + ": " + e, e);
    }
  }

  /** Returns whether this process saves and records the training. */
  boolean saves() {
    return workers == null || rank == 0;
  }

  /** Returns how many workers there are. */
  int count() {
    return workers == null ? 1 : workers.size();
  }

  /** Returns a recipe with a shard for each worker, where it has none. */
  Recipe shared(Recipe recipe) {
    return recipe.shards() == 1 ? recipe.withShards(count()) : recipe;
  }

  /**
   * Waits for the other workers.
   *
   * @param out is told of it
   * @throws dev.lanewise.exchange.ExchangeException where this worker cannot listen at its address,
   *     or the others do not come
   */
  WorkerGroup join(PrintWriter out) {
    if (workers == null) {
      return WorkerGroup.alone();
    }
    out.println(
        "Workers   this is worker "
            + rank
            + " of "
            + workers.size()
            + ", at "
            + workers.get(rank)
            + ", and waits for the others");
    out.flush();
    WorkerListener listener = WorkerListener.bind(addresses.get(rank));
    listener.setNotices(
        line -> {
          out.println("          " + line);
          out.flush();
        });
    ExchangeOptions options = ExchangeOptions.defaults().withConnectTimeout(PATIENCE);
    return listener.connect(
        new Hello(
            token(), rank, workers.size(), Map.of("version of Lanewise", Main.Version.text())),
        addresses,
        wire == null ? options : options.withPrecision(wire));
  }
}
