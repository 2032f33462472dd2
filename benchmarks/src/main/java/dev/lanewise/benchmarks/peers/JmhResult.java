package dev.lanewise.benchmarks.peers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A line of what JMH writes with {@code -rf json}.
 *
 * @param name class, method and parameters
 * @param score the figure
 * @param error half of its confidence interval; NaN where JMH has none
 * @param unit the figure's unit
 */
record JmhResult(String name, double score, double error, String unit) {
  /** Counters that read as rates, since JMH's time unit is a nanosecond. */
  private static final List<String[]> RATES =
      List.of(new String[] {"flops", "GFLOP/s"}, new String[] {"bytes", "GB/s"});

  /** Reads JMH's file; fails with a sentence. */
  static List<JmhResult> read(Path file) {
    try {
      JsonArray runs =
          JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8)).getAsJsonArray();
      List<JmhResult> results = new ArrayList<>();
      for (JsonElement run : runs) {
        results.add(of(run.getAsJsonObject()));
      }
      return results;
    } catch (IOException e) {
      throw new PeersException("cannot read " + file + ": " + e, e);
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | NumberFormatException e) {
      throw new PeersException(
          "wanted JMH's results (-rf json) in " + file + ", got other text", e);
    }
  }

  private static JmhResult of(JsonObject run) {
    String[] path = run.get("benchmark").getAsString().split("\\.");
    StringJoiner name = new StringJoiner(" ");
    name.add(path[path.length - 2] + "." + path[path.length - 1]);
    if (run.has("params")) {
      run.getAsJsonObject("params").asMap().forEach((k, v) -> name.add(k + "=" + v.getAsString()));
    }
    // A counter that counted nothing is not what the benchmark is about.
    if (run.has("secondaryMetrics")) {
      for (String[] rate : RATES) {
        JsonElement metric = run.getAsJsonObject("secondaryMetrics").get(rate[0]);
        if (metric != null && metric.getAsJsonObject().get("score").getAsDouble() > 0) {
          return of(name.toString(), metric.getAsJsonObject(), rate[1]);
        }
      }
    }
    JsonObject metric = run.getAsJsonObject("primaryMetric");
    return of(name.toString(), metric, metric.get("scoreUnit").getAsString());
  }

  private static JmhResult of(String name, JsonObject metric, String unit) {
    return new JmhResult(
        name,
        metric.get("score").getAsDouble(),
        // JMH writes "NaN" as text.
        Double.parseDouble(metric.get("scoreError").getAsString()),
        unit);
  }
}
