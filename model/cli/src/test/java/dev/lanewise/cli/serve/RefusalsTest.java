package dev.lanewise.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that cannot be answered: a status, and one sentence of JSON that says why. */
class RefusalsTest {
  private static final int BYTES = 20_000;
  private static final int PIXELS = 4000;
  private static final int REQUESTS = 3;
  private static final int CONNECTIONS = 1000;

  /** Long enough for what a client really sends. */
  private static final Duration TIME = Duration.ofSeconds(2);

  private static Served served;

  @BeforeAll
  static void start() {
    served = new Served(new Limits(BYTES, PIXELS, REQUESTS, TIME, CONNECTIONS));
  }

  @AfterAll
  static void stop() {
    served.close();
    assertThat(served.defects()).isEmpty();
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String sentence) {
    assertThat(answer.body()).contains(sentence);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Served.json(answer)).containsOnlyKeys("error");
    assertThat(answer.body().lines()).hasSize(1);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/json; charset=utf-8");
    assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
  }

  /** The server is as it was, as soon as connections that it has closed are gone. */
  private static void assertServes() throws Exception {
    HttpResponse<String> answer = served.post("/classify", Served.png(1));
    while (answer.statusCode() == 503) {
      answer = served.post("/classify", Served.png(1));
    }
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsNoImage() throws Exception {
    assertRefused(served.post("/classify", new byte[0]), 400, "requires an image as its body");
    assertRefused(
        served.post("/classify", Served.image(1, 20, 10, "gif")),
        415,
        "image body must be a JPEG or PNG file, got something else");
    byte[] png = Served.png(1);
    assertRefused(
        served.post("/classify", Arrays.copyOf(png, png.length / 2)), 422, "image body is damaged");
    byte[] jpeg = Served.image(1, 40, 40, "jpg");
    assertRefused(
        served.post("/classify", Arrays.copyOf(jpeg, jpeg.length - 40)),
        422,
        "image body is truncated");
    assertRefused(served.post("/classify", Arrays.copyOf(jpeg, 5)), 422, "image body is damaged");
    assertServes();
  }

  @Test
  void whatIsTooLarge() throws Exception {
    assertRefused(
        served.post("/classify", new byte[BYTES + 1]), 413, "a body of at most 20000 bytes");
    assertRefused(
        served.post("/classify", new byte[50 * BYTES]), 413, "a body of at most 20000 bytes");
    assertRefused(
        served.post("/classify", Served.image(1, 64, 63, "jpg")),
        413,
        "image body requires at most 4000 pixels, got 4032");
    // Of unknown length, in chunks.
    HttpRequest.Builder chunked =
        HttpRequest.newBuilder(served.uri("/classify"))
            .POST(
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[3 * BYTES])));
    assertRefused(served.send(chunked), 413, "a body of at most 20000 bytes");
    assertServes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"top=0", "top=x", "top=", "top=1&top=2", "tops=3", "x", "top=9999999"})
  void queriesOfNoMeaning(String query) throws Exception {
    assertRefused(served.post("/classify?" + query, Served.png(1)), 400, "got ?" + query);
  }

  @ParameterizedTest
  @CsvSource({
    "/, POST, 'GET, HEAD'",
    "/health, DELETE, 'GET, HEAD'",
    "/health, GE, 'GET, HEAD'",
    "/metrics, PUT, 'GET, HEAD'",
    "/classify, GET, POST",
    "/classify, PUT, POST"
  })
  void otherMethods(String path, String method, String allowed) throws Exception {
    HttpResponse<String> answer =
        served.send(
            HttpRequest.newBuilder(served.uri(path))
                .method(method, BodyPublishers.ofByteArray(new byte[100])));
    assertRefused(answer, 405, path + " requires ");
    assertThat(answer.headers().firstValue("Allow")).contains(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/classify/", "/index.html", "/../etc/passwd", "/%2e%2e/x"})
  void otherPaths(String path) throws Exception {
    assertRefused(served.get(path), 404, "there is nothing at ");
  }

  @Test
  void longAddressIsNotRepeated() throws Exception {
    HttpResponse<String> answer = served.get("/" + "x".repeat(100_000));
    assertRefused(answer, 404, "there is nothing at /" + "x".repeat(99) + "...: POST");
    assertThat(answer.body()).hasSizeLessThan(300);
  }

  @Test
  void chunksOfNoLength() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
      String text = "POST /classify HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer)
          .startsWith("HTTP/1.1 400 ")
          .endsWith(
              "{\"error\": \"a request requires a whole body, got one cut off or of bad chunks\"}\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "multipart/form-data | --x\\r\\n | requires a boundary",
        "multipart/form-data; boundary=x | nothing | was cut off",
        "multipart/form-data; boundary=x | --x\\r\\nContent | was cut off",
        "multipart/form-data; boundary=x | --x--\\r\\n | got none",
        "multipart/form-data; boundary=x | --x\\r\\n\\r\\n--x-- | requires headers",
        "multipart/form-data; boundary=x | --xy\\r\\n | was cut off",
        "multipart/form-data; boundary=x | --x\\r\\na: b\\r\\n\\r\\nfield\\r\\n--x-- | got none"
      })
  void brokenForms(String type, String body, String sentence) throws Exception {
    byte[] bytes =
        body.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII);
    assertRefused(served.post("/classify", type, bytes), 400, sentence);
  }

  @Test
  void formOfTooManyFiles() throws Exception {
    String file = "--x\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\na\r\n";
    byte[] body = (file.repeat(101) + "--x--").getBytes(StandardCharsets.US_ASCII);
    assertRefused(
        served.post("/classify", "multipart/form-data; boundary=x", body),
        413,
        "at most 100 images, got 101");
  }

  private static Socket stalled() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port());
    OutputStream out = socket.getOutputStream();
    out.write(
        "POST /classify HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc"
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  @Test
  void bodyThatDoesNotComeAndThoseItKeepsOut() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      sockets.add(stalled());
    }
    // The server is full once it has taken them all up.
    HttpResponse<String> answer = served.post("/classify", Served.png(1));
    while (answer.statusCode() == 200) {
      answer = served.post("/classify", Served.png(1));
    }
    assertRefused(answer, 503, "the server works on 3 requests already; try again later");
    for (Socket socket : sockets) {
      try (socket) {
        String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(text)
            .startsWith("HTTP/1.1 408 ")
            .endsWith("{\"error\": \"a request requires its whole body within 2.0 seconds\"}\n");
      }
    }
    assertServes();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "GET\r\n\r\n",
        "POST /classify HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        "POST /classify HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST /classify HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "\u0001\u0002\u0003\r\n\r\n"
      })
  void whatIsNoHttp(String text) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).matches("(?s)|HTTP/1.1 (4|5)0.*");
    }
    assertServes();
  }
}
