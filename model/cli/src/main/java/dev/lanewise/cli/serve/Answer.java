package dev.lanewise.cli.serve;

import com.google.gson.JsonPrimitive;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What the server sends.
 *
 * @param status of HTTP
 * @param type the content's
 * @param text the content
 */
record Answer(int status, String type, String text) {
  private static final String JSON = "application/json; charset=utf-8";

  /** For a client that was refused because of the load: it is over in moments. */
  private static final String RETRY_SECONDS = "1";

  /** The page has all it needs in itself, and asks this server alone. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Returns an answer that went well. */
  static Answer json(String text) {
    return new Answer(Status.OK, JSON, text + "\n");
  }

  /** Returns what tells in one sentence why there is no other answer. */
  static Answer of(Refusal refusal) {
    String sentence = new JsonPrimitive(refusal.getMessage()).toString();
    return new Answer(refusal.status(), JSON, "{\"error\": " + sentence + "}\n");
  }

  /** Sends the answer; of a HEAD request's all but the content. The exchange stays open. */
  void send(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", POLICY);
    if (status == Status.SERVICE_UNAVAILABLE) {
      headers.set("Retry-After", RETRY_SECONDS);
    }
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, content.length);
      exchange.getResponseBody().write(content);
      exchange.getResponseBody().flush();
    }
  }
}
