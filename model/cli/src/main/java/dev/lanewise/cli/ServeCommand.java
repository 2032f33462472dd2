package dev.lanewise.cli;

import dev.lanewise.cli.serve.ImageServer;
import dev.lanewise.cli.serve.Limits;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.Model;
import dev.lanewise.model.error.ModelException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets other programs and browsers ask a model. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Classifies images that it is sent by HTTP, until it is stopped.",
    description = {
      "",
      "POST /classify takes an image as the body, or several as files of a form, and answers in"
          + " JSON. GET / is a page for browsers, /health and /metrics (of Prometheus) are for those"
          + " who watch. There are neither passwords nor encryption: other machines are let in by"
          + " --host alone.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lanewise serve --model photos.h5",
      "  curl --data-binary @cat.jpg http://localhost:8080/classify?top=3",
      "  curl -F a=@cat.jpg -F b=@dog.png http://localhost:8080/classify"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65535;
  private static final double MILLIS = 1000;
  private static final int MOST_SECONDS = 100;
  private static final int LEAST_CONNECTIONS = 8;

  @Spec private CommandSpec spec;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model.")
  private Path file;

  @Mixin private ModelSource source;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address of this machine to listen at; 0.0.0.0 for all of them. Default:"
              + " ${DEFAULT-VALUE}, for programs of this machine.")
  private String host;

  @Option(
      names = "--together",
      paramLabel = "N",
      description =
          "Images of several requests that are worked on together, at most. Default: 32, fewer for"
              + " images of more than 224x224 pixels.")
  private Integer together;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "10485760",
      description = "Bytes that a request's body may have. Default: ${DEFAULT-VALUE}.")
  private int bytes;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "30000000",
      description = "Pixels that an image may have. Default: ${DEFAULT-VALUE}.")
  private int pixels;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "128",
      description =
          "Requests that are worked on or wait; others are told to come again. Default:"
              + " ${DEFAULT-VALUE}.")
  private int queue;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      defaultValue = "10",
      description =
          "Seconds that a client may take for a request's head, and from there to the answer."
              + " Default: ${DEFAULT-VALUE}.")
  private double timeout;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Connections that are open at the same time; others are closed at once. Default:"
              + " ${DEFAULT-VALUE}, fewer where the system does not let the program have as many.")
  private int connections;

  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() throws InterruptedException {
    InetSocketAddress address = checked();
    CountDownLatch end = new CountDownLatch(1);
    try (Signals signals = Signals.listen(why -> end.countDown());
        ImageServer server = start(address)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("Serving " + file + " at http://" + text(server.address()) + "/");
      if (!address.getAddress().isLoopbackAddress()) {
        out.println("Other machines can reach it, without a password.");
      }
      out.println("Ctrl-C ends it.");
      out.flush();
      end.await();
      String by = signals.received().map(kind -> " (" + kind + ")").orElse("");
      out.println("Ending" + by + ", once what has begun is answered.");
      out.flush();
    }
    return 0;
  }

  private InetSocketAddress checked() {
    if (port < 0 || port > MOST_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--port requires a number from 0 to " + MOST_PORT + ", got " + port);
    }
    OptionChecks.atLeast(spec, "--together", together, 1);
    OptionChecks.atLeast(spec, "--max-bytes", bytes, 1);
    OptionChecks.atLeast(spec, "--max-pixels", pixels, 1);
    OptionChecks.atLeast(spec, "--queue", queue, 1);
    OptionChecks.atLeast(spec, "--connections", connections, 1);
    OptionChecks.within(spec, "--timeout", timeout, 1 / MILLIS, MOST_SECONDS);
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new ParameterException(
          spec.commandLine(), "--host requires an address of this machine, got " + host, e);
    }
  }

  private ImageServer start(InetSocketAddress address) {
    Model model = source.open(file, compute.threads());
    String name = file.getFileName() + " (" + model.network().name() + ")";
    Classifier classifier =
        together == null ? Classifier.of(model) : Classifier.of(model, together);
    Duration time = Duration.ofMillis((long) (timeout * MILLIS));
    try {
      Limits limits = new Limits(bytes, pixels, queue, time, possibleConnections());
      return new ImageServer(address, classifier, name, limits, spec.commandLine().getErr());
    } catch (ModelException e) {
      classifier.close();
      throw e;
    } catch (IOException e) {
      classifier.close();
      throw new ModelException(
          "cannot listen at " + text(address) + " (--host, --port): " + e.getMessage(), e);
    }
  }

  /** Returns the connections that were asked for, or as many as the system lets it have. */
  private int possibleConnections() {
    long possible = Descriptors.forConnections().orElse(Long.MAX_VALUE);
    if (possible >= connections) {
      return connections;
    }
    String most =
        "the system lets it open " + Descriptors.most().orElseThrow() + " files (ulimit -n)";
    if (possible < LEAST_CONNECTIONS) {
      throw new ModelException(
          "a server requires room for " + LEAST_CONNECTIONS + " connections, and " + most);
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        "lanewise serve: at most "
            + possible
            + " connections instead of "
            + connections
            + " (--connections): "
            + most);
    err.flush();
    return (int) possible;
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
