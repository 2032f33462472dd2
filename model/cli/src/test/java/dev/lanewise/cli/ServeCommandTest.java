package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanewise.cli.serve.HalfOpen;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The server as a program: under load with little memory, and asked to end. */
class ServeCommandTest {
  private static final int CALLERS = 8;
  private static final int EACH = 30;

  @TempDir private static Path folder;
  private static Path model;
  private static byte[] photo;

  @BeforeAll
  static void save() throws IOException {
    model = folder.resolve("small.h5");
    List<String> classes = List.of("a", "b", "c");
    try (Model built = Model.build("cifarresnet20", ModelOptions.of(32, 32, classes))) {
      built.save(model);
    }
    BufferedImage image = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1200 * 900; i++) {
      image.setRGB(i % 1200, i / 1200, random.nextInt(64));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    photo = bytes.toByteArray();
  }

  private static Process start(List<String> before, String... more) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What is decoded under load would fill this heap many times over.
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Xmx128m", "-cp"));
    command.add(
        Stream.of(System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
            .filter(part -> part != null && !part.isEmpty())
            .collect(Collectors.joining(File.pathSeparator)));
    command.addAll(List.of(Main.class.getName(), "serve", "--model", model.toString()));
    command.addAll(List.of("--port", "0", "--threads", "2"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Reads on to a line that has a text. */
  private static String line(BufferedReader said, String text) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      all.append(line).append('\n');
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("wanted a line with '" + text + "', got " + all);
  }

  private static URI address(BufferedReader said) throws IOException {
    String line = line(said, "Serving ");
    assertThat(line).startsWith("Serving " + model + " at http://127.0.0.1:");
    return URI.create(line.substring(line.indexOf("http://")));
  }

  @Test
  void isUnderLoadWithLittleMemoryAndEndsWhenAsked() throws Exception {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"));
    Process process = start(List.of());
    try (BufferedReader said = process.inputReader();
        HttpClient client = HttpClient.newHttpClient();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      URI address = address(said);
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < CALLERS * EACH; i++) {
        // Each tenth is cut off.
        byte[] body = i % 10 == 9 ? Arrays.copyOf(photo, photo.length / 2) : photo;
        HttpRequest request =
            HttpRequest.newBuilder(address.resolve("/classify"))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        answers.add(
            callers.submit(
                () -> {
                  HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                  return answer.statusCode() + answer.body().replaceAll(", \"milli.*", "").strip();
                }));
      }
      String first = answers.getFirst().get();
      assertThat(first).startsWith("200{\"results\": [");
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get())
            .isEqualTo(i % 10 == 9 ? "422{\"error\": \"image body is truncated\"}" : first);
      }
      endsOnceWhatHasBegunIsAnswered(process, address, said);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void connectionsAreAsManyAsTheSystemLetsItHave() throws Exception {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"));
    List<String> few = List.of("/bin/sh", "-c", "ulimit -n 200 && exec \"$0\" \"$@\"");
    Process process = start(few, "--timeout", "90");
    List<Socket> sockets = new ArrayList<>();
    try (BufferedReader said = process.inputReader();
        HttpClient client = HttpClient.newHttpClient()) {
      String atMost = line(said, "at most ");
      assertThat(atMost)
          .matches(
              "lanewise serve: at most \\d+ connections instead of 1000 \\(--connections\\): the system"
                  + " lets it open 200 files \\(ulimit -n\\)");
      URI address = address(said);
      for (int i = 0; i < 250; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
      }
      int connections = Integer.parseInt(atMost.replaceAll(".*at most (\\d+) .*", "$1"));
      HalfOpen.await(sockets, Math.ceilDiv(connections, 2));
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/classify"))
              .POST(BodyPublishers.ofByteArray(photo))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      process.toHandle().destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static void endsOnceWhatHasBegunIsAnswered(
      Process process, URI address, BufferedReader said) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      String head = "POST /classify HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n";
      out.write(head.formatted(photo.length).getBytes(StandardCharsets.US_ASCII));
      out.write(photo, 0, 1000);
      out.flush();
      // It has begun once the server has counted it.
      URI metrics = address.resolve("/metrics");
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpRequest request = HttpRequest.newBuilder(metrics).build();
        while (!client.send(request, BodyHandlers.ofString()).body().contains("in_flight 1\n")) {
          Thread.sleep(10);
        }
      }
      // Not process.destroy(), which closes what it says, too.
      process.toHandle().destroy();
      line(said, "Ending");
      out.write(photo, 1000, photo.length - 1000);
      out.flush();
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200 OK");
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static void assertMistake(String wanted, String... more) {
    List<String> args = new ArrayList<>(List.of("serve", "--model", model.toString()));
    args.addAll(List.of(more));
    StringWriter err = new StringWriter();
    CommandLine line = Main.newCommandLine();
    line.setErr(new PrintWriter(err, true));
    assertThat(Mistakes.execute(line, args.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).contains(wanted);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void mistakes() throws IOException {
    assertMistake("--port requires a number from 0 to 65535, got 65536", "--port", "65536");
    assertMistake("--together requires a number of at least 1, got 0", "--together", "0");
    assertMistake("--max-bytes requires a number of at least 1, got 0", "--max-bytes", "0");
    assertMistake("--connections requires a number of at least 1, got 0", "--connections", "0");
    assertMistake("--queue requires a number of at least 1, got -1", "--queue", "-1");
    assertMistake("--timeout requires a number from 0.001 to below 100", "--timeout", "0");
    assertMistake("--host requires an address of this machine, got no such", "--host", "no such");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertMistake("cannot listen at 127.0.0.1:" + port + " (--host, --port)", "--port", port);
    }
  }
}
