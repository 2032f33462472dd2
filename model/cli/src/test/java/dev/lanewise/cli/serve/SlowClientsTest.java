package dev.lanewise.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that do not send what they began: what is closed when, and who is served all the same.
 */
@Timeout(60)
class SlowClientsTest {
  private static final String HALF = "POST /classify HTTP/1.1\r\nHost: x\r\n";

  private static Limits limits(Duration time, int connections) {
    return new Limits(1 << 20, 1 << 20, 16, time, connections);
  }

  private static Socket send(Served served, String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port());
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Returns what comes until the server closes the connection. */
  private static String rest(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException e) {
      // What the server had not read yet makes it a reset.
      return "";
    }
  }

  @Test
  void headsThatNeverEnd() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (Served served = new Served(limits(Duration.ofSeconds(1), 1000))) {
      for (int i = 0; i < 100; i++) {
        sockets.add(send(served, HALF.substring(0, 1 + i % HALF.length())));
      }
      for (Socket socket : sockets) {
        assertThat(rest(socket)).isEmpty();
      }
      assertThat(served.get("/health").statusCode()).isEqualTo(200);
      assertThat(served.defects()).isEmpty();
    } finally {
      close(sockets);
    }
  }

  @Test
  void tooManyOfThemAreClosedAtOnceAndToldOnce() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    // Nobody's time comes before the test's ends.
    try (Served served = new Served(limits(Duration.ofSeconds(99), 8))) {
      for (int i = 0; i < 40; i++) {
        sockets.add(send(served, HALF));
      }
      HalfOpen.await(sockets, 4);
      assertThat(served.get("/health").statusCode()).isEqualTo(200);
      assertThat(served.post("/classify", Served.png(1)).statusCode()).isEqualTo(200);
      assertThat(served.defects())
          .isEqualToIgnoringNewLines(
              "lanewise serve: more than half of the 8 connections wait for their clients; those"
                  + " that wait the longest are closed");
    } finally {
      close(sockets);
    }
  }

  @Test
  void endDoesNotWaitForThem() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    Served served = new Served(limits(Duration.ofSeconds(99), 1000));
    try {
      for (int i = 0; i < 20; i++) {
        sockets.add(send(served, i % 2 == 0 ? HALF : ""));
      }
      assertThat(served.get("/health").statusCode()).isEqualTo(200);
    } finally {
      served.close();
    }
    close(sockets);
  }

  /** Those of which the server wants no body get their answer before it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /classify HTTP/1.1\r\nContent-Length: 99999999999999\r\n\r\n 413",
        "POST /other HTTP/1.1\r\nContent-Length: 1000\r\n\r\n 404",
        "GET /health HTTP/1.1\r\nContent-Length: 1000\r\n\r\n 200"
      })
  void bodiesThatNobodyWants(String text) throws Exception {
    int end = text.lastIndexOf(' ');
    try (Served served = new Served(limits(Duration.ofSeconds(99), 1000));
        Socket socket = send(served, text.substring(0, end))) {
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      assertThat(new String(status, StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1" + text.substring(end));
    }
  }

  @Test
  void bodiesThatNobodyWantsAreNotWaitedFor() throws Exception {
    try (Served served = new Served(limits(Duration.ofSeconds(1), 1000));
        Socket socket = send(served, "GET /health HTTP/1.1\r\nContent-Length: 1000\r\n\r\n")) {
      assertThat(rest(socket)).startsWith("HTTP/1.1 200 OK").endsWith("}\n");
    }
  }

  @Test
  void connectionGoesOnBehindABodyThatNobodyWanted() throws Exception {
    String discarded = "GET /health HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
    String last = "GET /other HTTP/1.1\r\nConnection: close\r\n\r\n";
    try (Served served = new Served(limits(Duration.ofSeconds(99), 1000));
        Socket socket = send(served, discarded + last)) {
      assertThat(rest(socket)).startsWith("HTTP/1.1 200 OK").contains("HTTP/1.1 404 ");
    }
  }

  @Test
  void requestThatIsThereIsAnsweredAtTheEnd() throws Exception {
    Served served = new Served(limits(Duration.ofSeconds(20), 1000));
    byte[] png = Served.png(1);
    String head = "POST /classify HTTP/1.1\r\nContent-Length: %d\r\n\r\n".formatted(png.length);
    try (Socket half = send(served, HALF);
        Socket socket = send(served, head)) {
      HttpResponse<String> metrics = served.get("/metrics");
      while (!metrics.body().contains("in_flight 1\n")) {
        metrics = served.get("/metrics");
      }
      Thread end = Thread.ofVirtual().start(served::stop);
      assertThat(rest(half)).isEmpty();
      socket.getOutputStream().write(png);
      assertThat(rest(socket)).startsWith("HTTP/1.1 200 OK").contains("predictions");
      end.join();
    } finally {
      served.close();
    }
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
