package dev.lanewise.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The results of a JMH run, as its {@code -rf json} writes them, each beside the machine's limit
 * measured in the same run.
 *
 * @param rows one for each benchmark and choice of parameters, in the file's order
 */
public record JmhResults(List<Row> rows) {
  private static final Gson GSON = new Gson();
  private static final String PEAK = "MachineBenchmark.multiplyAdd";
  private static final String MEMORY = "MachineBenchmark.read";

  /** Returns GFLOP/s of multiply-adds in registers; empty where they were not measured. */
  public OptionalDouble peak() {
    return rows.stream()
        .filter(row -> row.benchmark().equals(PEAK) && row.rates().containsKey(Rate.FLOPS))
        .mapToDouble(row -> row.rates().get(Rate.FLOPS).median())
        .max();
  }

  /** What one operation can be counted in. */
  public enum Rate {
    /** Arithmetic. */
    FLOPS("GFLOP/s", 1e9, PEAK),
    /** Memory traffic. */
    BYTES("GB/s", 1e9, MEMORY),
    /** Images. */
    IMAGES("images/s", 1, null);

    private final String unit;
    private final double scale;
    private final String limit;

    Rate(String unit, double scale, String limit) {
      this.unit = unit;
      this.scale = scale;
      this.limit = limit;
    }

    /** Returns the unit: {@code "GFLOP/s"}. */
    public String unit() {
      return unit;
    }

    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One benchmark with one choice of parameters.
   *
   * @param benchmark class and method: {@code "ConvBenchmark.forward"}
   * @param parameters by name
   * @param millis milliseconds of one operation
   * @param rates what was counted, per second in the rate's unit
   * @param share median as a part of the machine's limit measured in the same run; NaN where there
   *     is no such limit
   */
  public record Row(
      String benchmark,
      Map<String, String> parameters,
      Spread millis,
      Map<Rate, Spread> rates,
      double share) {}

  /**
   * Reads a file.
   *
   * @throws IOException where it cannot be read
   * @throws IllegalArgumentException where it is no result of JMH
   */
  public static JmhResults read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cannot read '" + file + "' as JMH's -rf json writes it: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the text of a file.
   *
   * @throws IllegalArgumentException where it is no result of JMH
   */
  public static JmhResults parse(String json) {
    Result[] results;
    try {
      results = GSON.fromJson(json, Result[].class);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("wanted a list of results, got other text", e);
    }
    if (results == null) {
      throw new IllegalArgumentException("wanted a list of results, got none");
    }
    List<Row> rows = Arrays.stream(results).map(JmhResults::row).toList();
    return new JmhResults(rows.stream().map(row -> withShare(row, rows)).toList());
  }

  /** What JMH writes for a benchmark, as far as it is read. */
  private record Result(
      String benchmark,
      Map<String, String> params,
      Metric primaryMetric,
      Map<String, Metric> secondaryMetrics) {}

  /** A figure with the values of all iterations in all forks. */
  private record Metric(String scoreUnit, double[][] rawData) {
    List<Double> values() {
      if (scoreUnit == null || rawData == null) {
        throw new IllegalArgumentException(
            "wanted scoreUnit and rawData; modes thrpt and avgt have them");
      }
      List<Double> values = Arrays.stream(rawData).flatMapToDouble(Arrays::stream).boxed().toList();
      if (values.isEmpty()) {
        throw new IllegalArgumentException("rawData is empty; modes thrpt and avgt have it");
      }
      return values;
    }
  }

  private static Row row(Result result) {
    if (result == null || result.benchmark == null || result.primaryMetric == null) {
      throw new IllegalArgumentException("wanted benchmark and primaryMetric, got neither");
    }
    String[] names = result.benchmark.split("\\.");
    if (names.length < 2) {
      throw new IllegalArgumentException("wanted Class.method, got " + names[0]);
    }
    String benchmark = names[names.length - 2] + "." + names[names.length - 1];
    List<Double> operations = result.primaryMetric.values();
    Unit unit = Unit.of(result.primaryMetric.scoreUnit);
    Spread millis =
        Spread.of(operations.stream().map(v -> unit.secondsPerOperation(v) * 1e3).toList());
    Map<Rate, Spread> rates = new EnumMap<>(Rate.class);
    for (Rate rate : Rate.values()) {
      Metric counter =
          result.secondaryMetrics == null ? null : result.secondaryMetrics.get(rate.key());
      List<Double> counts = counter == null ? List.of() : counter.values();
      // A counter that counted nothing is not what the benchmark is about.
      if (counts.stream().anyMatch(count -> count != 0)) {
        Unit of = Unit.of(counter.scoreUnit);
        rates.put(
            rate,
            Spread.of(
                counts.stream().map(v -> 1 / of.secondsPerOperation(v) / rate.scale).toList()));
      }
    }
    Map<String, String> parameters = result.params == null ? Map.of() : result.params;
    return new Row(benchmark, parameters, millis, rates, Double.NaN);
  }

  private static Row withShare(Row row, List<Row> rows) {
    for (Map.Entry<Rate, Spread> rate : row.rates().entrySet()) {
      for (Row other : rows) {
        if (other.benchmark().equals(rate.getKey().limit)) {
          double limit = other.rates().get(rate.getKey()).median();
          double share = rate.getValue().median() / limit;
          return new Row(row.benchmark(), row.parameters(), row.millis(), row.rates(), share);
        }
      }
    }
    return row;
  }

  /** "ops/ns" or "ms/op". */
  private record Unit(boolean perTime, double seconds) {
    static Unit of(String text) {
      boolean perTime = text.startsWith("ops/");
      String time = perTime ? text.substring(4) : text.replace("/op", "");
      double seconds =
          switch (time) {
            case "ns" -> 1e-9;
            case "us" -> 1e-6;
            case "ms" -> 1e-3;
            case "s" -> 1;
            case "min" -> 60;
            default -> throw new IllegalArgumentException("wanted ops/ns or ms/op, got " + text);
          };
      return new Unit(perTime, seconds);
    }

    double secondsPerOperation(double value) {
      return perTime ? seconds / value : value * seconds;
    }
  }

  /** Returns a table in Markdown, sorted by benchmark. */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append("| benchmark | parameters | ms | rate | share of the limit |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    rows.stream()
        .sorted(Comparator.comparing(Row::benchmark))
        .forEach(row -> table.append(line(row)));
    return table.toString();
  }

  private static String line(Row row) {
    String parameters =
        row.parameters().entrySet().stream()
            .map(p -> p.getKey() + "=" + p.getValue())
            .collect(Collectors.joining(", "));
    String rates =
        row.rates().entrySet().stream()
            .map(r -> r.getValue().text() + " " + r.getKey().unit())
            .collect(Collectors.joining("; "));
    String share =
        Double.isNaN(row.share()) ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * row.share());
    return "| %s | %s | %s | %s | %s |%n"
        .formatted(row.benchmark(), parameters, row.millis().text(), rates, share)
        .replace(System.lineSeparator(), "\n");
  }

  /** Prints the table of a file, whose path is the only argument. */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("wanted one argument, the file that JMH wrote with -rf json");
      System.exit(2);
    }
    try {
      System.out.print(read(Path.of(arguments[0])).table());
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(
          e instanceof IOException
              ? "cannot read '" + arguments[0] + "': no such file, or it is not readable"
              : e.getMessage());
      System.exit(1);
    }
  }
}
