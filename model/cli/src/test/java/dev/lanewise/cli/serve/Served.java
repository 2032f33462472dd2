package dev.lanewise.cli.serve;

import dev.lanewise.model.Classifier;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A server of a small network, and a client of it. */
final class Served implements AutoCloseable {
  static final List<String> CLASSES = List.of("cat", "dog \"Rex\"", "fish");
  static final int SIZE = 32;

  static {
    // The JDK's server reads these once for all servers of a program, whose limits differ here.
    System.setProperty("jdk.httpserver.maxConnections", "1000");
    System.setProperty("sun.net.httpserver.maxReqTime", "120");
    System.setProperty("sun.net.httpserver.idleInterval", "120");
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final StringWriter err = new StringWriter();
  private final ImageServer server;

  Served(Limits limits) {
    try {
      server =
          new ImageServer(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              Classifier.of(model()),
              "tiny <b>.h5",
              limits,
              new PrintWriter(err, true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns limits that a test does not meet. */
  static Limits wide() {
    return new Limits(1 << 20, 1 << 20, 256, Duration.ofSeconds(60), 1000);
  }

  /** Returns a model of random weights, always the same. */
  static Model model() {
    return Model.build("cifarresnet20", ModelOptions.of(SIZE, SIZE, CLASSES).withThreads(2));
  }

  static byte[] image(int seed, int width, int height, String format) {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] png(int seed) {
    return image(seed, 40, 30, "png");
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  int port() {
    return server.address().getPort();
  }

  /** Returns what the server told of defects. */
  String defects() {
    return err.toString();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<String> post(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Returns the object that an answer is. */
  static Map<Object, Object> json(HttpResponse<String> answer) {
    Object json = new Load(LoadSettings.builder().build()).loadFromString(answer.body());
    return new LinkedHashMap<>((Map<?, ?>) json);
  }

  void stop() {
    server.close();
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}
