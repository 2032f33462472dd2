package dev.lanewise.cli.serve;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts what the server does, for Prometheus (its text format, version 0.0.4). */
final class Metrics {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Seconds that a classification may take, ascending. */
  private static final double[] BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  private static final double NANOS = 1e9;

  private final LongSupplier inFlight;
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final LongAdder images = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder[] within = new LongAdder[BOUNDS.length + 1];

  /** Starts with nothing counted. */
  Metrics(LongSupplier inFlight) {
    this.inFlight = inFlight;
    Arrays.setAll(within, i -> new LongAdder());
  }

  /**
   * Counts an answer.
   *
   * @param path one that the server knows, or "other": anything else would count without end
   */
  void answered(String path, int status) {
    String labels = "{path=\"" + path + "\",status=\"" + status + "\"}";
    requests.computeIfAbsent(labels, key -> new LongAdder()).increment();
  }

  /** Counts images that were classified by a request, and the time that it took. */
  void classified(int count, long taken) {
    images.add(count);
    nanos.add(taken);
    int bucket = 0;
    while (bucket < BOUNDS.length && taken > BOUNDS[bucket] * NANOS) {
      bucket++;
    }
    within[bucket].increment();
  }

  /** Returns all that was counted. */
  String text() {
    StringBuilder text = new StringBuilder();
    head(text, "lanewise_requests_total", "counter", "Requests that were answered.");
    new TreeMap<>(requests)
        .forEach((labels, count) -> line(text, "lanewise_requests_total" + labels, count.sum()));
    head(text, "lanewise_images_total", "counter", "Images that were classified.");
    line(text, "lanewise_images_total", images.sum());
    String histogram = "lanewise_classify_seconds";
    head(text, histogram, "histogram", "Time of requests that were classified, their bodies read.");
    long count = 0;
    for (int i = 0; i < within.length; i++) {
      count += within[i].sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      line(text, histogram + "_bucket{le=\"" + bound + "\"}", count);
    }
    text.append(
        String.format(Locale.ROOT, "%s_sum %s%n", histogram, nanos.sum() / NANOS)
            .replace("\r\n", "\n"));
    line(text, histogram + "_count", count);
    head(text, "lanewise_requests_in_flight", "gauge", "Requests that are worked on or wait.");
    line(text, "lanewise_requests_in_flight", inFlight.getAsLong());
    head(text, "lanewise_heap_bytes", "gauge", "Bytes of Java's heap that are in use.");
    Runtime runtime = Runtime.getRuntime();
    line(text, "lanewise_heap_bytes", runtime.totalMemory() - runtime.freeMemory());
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}
