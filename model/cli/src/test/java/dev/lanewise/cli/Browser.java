package dev.lanewise.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chromium without a window, told what to do by its DevTools protocol. */
public final class Browser implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("DevTools listening on ws://([^/]+)/");
  private static final int SECONDS = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
  private final Process process;
  private final WebSocket socket;
  private int asked;

  /** Returns the program; empty where there is none. */
  public static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(at -> Path.of(at, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it.
   *
   * @param profile a folder of its own
   */
  public Browser(Path program, Path profile) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "--headless=new"));
    // As root, which tests often run as, it refuses its sandbox.
    command.addAll(List.of("--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"));
    command.addAll(List.of("--remote-debugging-port=0", "--user-data-dir=" + profile));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String tab = "http://" + address(process.inputReader()) + "/json/new?about:blank";
    HttpRequest open = HttpRequest.newBuilder(URI.create(tab)).PUT(BodyPublishers.noBody()).build();
    JsonObject target =
        JsonParser.parseString(client.send(open, BodyHandlers.ofString()).body()).getAsJsonObject();
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(target.get("webSocketDebuggerUrl").getAsString()), new Listener())
            .join();
  }

  private static String address(BufferedReader said) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher listens = LISTENS.matcher(line);
      if (listens.find()) {
        return listens.group(1);
      }
    }
    throw new IOException("the browser ended at once");
  }

  /** Puts messages together, which come in parts. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        messages.add(JsonParser.parseString(text.toString()).getAsJsonObject());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private JsonObject ask(String method, JsonObject parameters) throws InterruptedException {
    JsonObject message = new JsonObject();
    message.addProperty("id", ++asked);
    message.addProperty("method", method);
    message.add("params", parameters);
    socket.sendText(message.toString(), true).join();
    while (true) {
      JsonObject answer = messages.poll(SECONDS, TimeUnit.SECONDS);
      if (answer == null || answer.has("error")) {
        throw new IllegalStateException(method + ": " + answer);
      }
      if (answer.has("id") && answer.get("id").getAsInt() == asked) {
        return answer.getAsJsonObject("result");
      }
    }
  }

  private static JsonObject object(Map<String, ?> values) {
    JsonObject object = new JsonObject();
    values.forEach(
        (name, value) -> {
          if (value instanceof Boolean flag) {
            object.addProperty(name, flag);
          } else if (value instanceof Number number) {
            object.addProperty(name, number);
          } else {
            object.addProperty(name, value.toString());
          }
        });
    return object;
  }

  /** Chooses the page's size and the light or dark of its screen. */
  public void look(int width, int height, String scheme) throws InterruptedException {
    ask(
        "Emulation.setDeviceMetricsOverride",
        object(Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false)));
    String media = "[{\"name\": \"prefers-color-scheme\", \"value\": \"%s\"}]";
    JsonObject parameters = new JsonObject();
    parameters.add("features", JsonParser.parseString(media.formatted(scheme)));
    ask("Emulation.setEmulatedMedia", parameters);
  }

  /** Opens a page. */
  public void open(URI page) throws InterruptedException {
    ask("Page.navigate", object(Map.of("url", page)));
  }

  /** Returns what an expression, or what it promises, is as text. */
  public String evaluate(String expression) throws InterruptedException {
    JsonObject result =
        ask(
            "Runtime.evaluate",
            object(
                Map.of(
                    "expression",
                    "(async () => String(" + expression + "))()",
                    "awaitPromise",
                    true)));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.getAsJsonObject("result").get("value").getAsString();
  }

  /** Waits until an expression is true. */
  public void await(String expression) throws InterruptedException {
    for (int i = 0; i < 20 * SECONDS; i++) {
      if (evaluate(expression).equals("true")) {
        return;
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("in vain: " + expression);
  }

  /** Writes what is seen of the page as a PNG file. */
  public void photograph(Path file) throws IOException, InterruptedException {
    JsonObject shot = ask("Page.captureScreenshot", new JsonObject());
    Files.write(file, Base64.getDecoder().decode(shot.get("data").getAsString()));
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
