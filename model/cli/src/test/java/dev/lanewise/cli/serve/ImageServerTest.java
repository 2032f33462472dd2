package dev.lanewise.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.Classification;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.data.Images;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server says to those who ask as they should. */
class ImageServerTest {
  private static final int IMAGES = 6;

  private static Served served;

  /** What a classifier that nobody else asks says of each image. */
  private static List<Classification> alone;

  @BeforeAll
  static void start() {
    served = new Served(Served.wide());
    try (Classifier classifier = Classifier.of(Served.model())) {
      alone =
          IntStream.range(0, IMAGES)
              .mapToObj(seed -> Images.decode("x", Served.png(seed), classifier.imageShape()))
              .map(pixels -> classifier.classifyPixels(List.of(pixels)).getFirst())
              .toList();
    }
  }

  @AfterAll
  static void stop() {
    served.close();
    assertThat(served.defects()).isEmpty();
  }

  /** Returns a form with files, as a browser sends it. */
  private static byte[] form(String boundary, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String head =
          "--%s\r\nContent-Disposition: form-data; name=\"a\"; filename=\"%s\"\r\nContent-Type: image/png\r\n\r\n";
      body.write(head.formatted(boundary, file.getKey()).getBytes(StandardCharsets.UTF_8));
      body.write(file.getValue());
      body.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private static String wanted(int seed, String name, int top) {
    return alone.get(seed).toJson(name, top);
  }

  @Test
  void classifiesABody() throws Exception {
    HttpResponse<String> answer = served.post("/classify", Served.png(0));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/json; charset=utf-8");
    assertThat(answer.body())
        .startsWith("{\"results\": [" + wanted(0, "body", 9) + "], \"milliseconds\": ")
        .endsWith("}\n");
    assertThat(Served.json(answer)).containsOnlyKeys("results", "milliseconds");
    assertThat(served.post("/classify?top=1", Served.png(1)).body())
        .startsWith("{\"results\": [" + wanted(1, "body", 1) + "], ");
  }

  @Test
  void takesJpegAndWhatCurlSaysOfBodies() throws Exception {
    byte[] jpeg = Served.image(3, 50, 20, "jpg");
    HttpResponse<String> answer =
        served.post("/classify", "application/x-www-form-urlencoded", jpeg);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void classifiesTheFilesOfAForm() throws Exception {
    byte[] body = form("x-1", Map.of("katze ä.png", Served.png(2)));
    HttpResponse<String> answer =
        served.post("/classify", "multipart/form-data; boundary=x-1", body);
    assertThat(answer.body())
        .startsWith("{\"results\": [" + wanted(2, "katze ä.png", 9) + "], \"milliseconds\": ");
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<String> results = new ArrayList<>();
    for (int seed = 0; seed < IMAGES; seed++) {
      files.put(seed + ".png", Served.png(seed));
      results.add(wanted(seed, seed + ".png", 2));
    }
    answer =
        served.post("/classify?top=2", "multipart/form-data; boundary=\"a b\"", form("a b", files));
    assertThat(answer.body())
        .startsWith("{\"results\": [" + String.join(", ", results) + "], \"milliseconds\": ");
  }

  @Test
  void anImageThatCannotBeClassifiedFailsAlone() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("0.png", Served.png(0));
    files.put("cut.png", Arrays.copyOf(Served.png(1), 300));
    files.put("2.png", Served.png(2));
    files.put("text.png", new byte[] {'h', 'i'});
    HttpResponse<String> answer =
        served.post("/classify", "multipart/form-data; boundary=x", form("x", files));
    assertThat(answer.statusCode()).isEqualTo(200);
    List<?> results = (List<?>) Served.json(answer).get("results");
    assertThat(results).hasSize(4);
    assertThat(answer.body()).contains(wanted(0, "0.png", 9), wanted(2, "2.png", 9));
    assertThat((Map<?, ?>) results.get(1)).hasSize(2);
    assertThat(((Map<?, ?>) results.get(1)).get("error").toString()).contains("is damaged");
    assertThat(((Map<?, ?>) results.get(3)).get("image")).isEqualTo("text.png");
    assertThat(((Map<?, ?>) results.get(3)).get("error").toString())
        .isEqualTo("image text.png must be a JPEG or PNG file, got something else");
    // Where none has an answer, the request has none.
    files.remove("0.png");
    files.remove("2.png");
    answer = served.post("/classify", "multipart/form-data; boundary=x", form("x", files));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Served.json(answer)).containsOnlyKeys("error");
  }

  @Test
  void manyAtTheSameTimeGetTheBitsOfOne() throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 96; i++) {
        byte[] png = Served.png(i % IMAGES);
        answers.add(callers.submit(() -> served.post("/classify", png).body()));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get())
            .startsWith("{\"results\": [" + wanted(i % IMAGES, "body", 9) + "], ");
      }
    }
  }

  @Test
  void tellsThatItIsThere() throws Exception {
    HttpResponse<String> answer = served.get("/health");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Served.json(answer))
        .containsEntry("status", "ok")
        .containsEntry("model", "tiny <b>.h5")
        .containsEntry("classes", 3)
        .containsEntry("input", "32x32x3");
  }

  @Test
  void countsForPrometheus() throws Exception {
    served.post("/classify", Served.png(0));
    served.post("/classify", new byte[] {1});
    served.get("/nothing/here");
    HttpResponse<String> answer = served.get("/metrics");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains("# TYPE lanewise_requests_total counter\n")
        .containsPattern("lanewise_requests_total\\{path=\"/classify\",status=\"200\"} [1-9]")
        .containsPattern("lanewise_requests_total\\{path=\"/classify\",status=\"415\"} [1-9]")
        .containsPattern("lanewise_requests_total\\{path=\"other\",status=\"404\"} [1-9]")
        .containsPattern("lanewise_classify_seconds_bucket\\{le=\"\\+Inf\"} [1-9]")
        .containsPattern("lanewise_classify_seconds_count [1-9]")
        .containsPattern("\nlanewise_heap_bytes [1-9]");
    // Each line is a comment or a sample.
    assertThat(answer.body().lines())
        .allMatch(line -> line.matches("# (HELP|TYPE) .*|[a-z_]+(\\{[^{}]*})? [0-9.E-]+"));
  }

  @Test
  void hasAPageThatNeedsNothingElse() throws Exception {
    HttpResponse<String> answer = served.get("/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(answer.body()).doesNotContain("http://", "https://", "src=\"", "href=");
  }
}
