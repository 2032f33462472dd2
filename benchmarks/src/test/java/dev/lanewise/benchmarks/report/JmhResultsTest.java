package dev.lanewise.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.benchmarks.report.JmhResults.Rate;
import dev.lanewise.benchmarks.report.JmhResults.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhResultsTest {
  private static final String MACHINE =
      result("MachineBenchmark.multiplyAdd", "", "ops/ns", "[[1e-6, 1e-6]]", "flops", "[[400.0]]");

  private static String result(
      String name, String params, String unit, String raw, String counter, String counted) {
    return """
        {"benchmark": "dev.lanewise.benchmarks.%s", "mode": "thrpt", %s
         "primaryMetric": {"score": 1.0, "scoreError": "NaN", "scoreUnit": "%s", "rawData": %s},
         "secondaryMetrics": {"%s": {"scoreUnit": "%s", "rawData": %s}}}
        """
        .formatted(name, params, unit, raw, counter, unit, counted);
  }

  @Test
  void knowsThePeak() {
    assertThat(JmhResults.parse("[" + MACHINE + "]").peak().orElseThrow())
        .isCloseTo(400, within(1e-9));
    assertThat(JmhResults.parse("[]").peak()).isEmpty();
  }

  private static Row last(String... results) {
    JmhResults all = JmhResults.parse("[" + String.join(",", results) + "]");
    return all.rows().get(results.length - 1);
  }

  @Test
  void readsKernelsBesideThePeakOfTheSameRun() {
    String conv =
        result(
            "ConvBenchmark.forward",
            "\"params\": {\"layer\": \"CONV1\"},",
            "ops/ns",
            "[[5e-7, 1e-6], [2e-6]]",
            "flops",
            "[[100.0, 200.0], [300.0]]");
    Row row = last(MACHINE, conv);
    assertThat(row.benchmark()).isEqualTo("ConvBenchmark.forward");
    assertThat(row.parameters()).containsEntry("layer", "CONV1");
    assertThat(row.millis().median()).isCloseTo(1, within(1e-9));
    assertThat(row.millis().min()).isCloseTo(0.5, within(1e-9));
    assertThat(row.millis().max()).isCloseTo(2, within(1e-9));
    Spread flops = row.rates().get(Rate.FLOPS);
    assertThat(flops.median()).isCloseTo(200, within(1e-9));
    assertThat(row.share()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void readsImagesPerSecond() {
    String step =
        result("StepBenchmark.step", "", "ops/s", "[[4.0, 5.0]]", "images", "[[128.0, 160.0]]");
    Row row = last(step);
    assertThat(row.millis().median()).isCloseTo(225, within(1e-9));
    assertThat(row.rates().get(Rate.IMAGES).median()).isCloseTo(144, within(1e-9));
    assertThat(row.share()).isNaN();
  }

  @Test
  void readsTimesPerOperation() {
    String time = result("SomeBenchmark.infer", "", "ms/op", "[[3.0]]", "gc", "[[1]]");
    assertThat(last(time).millis().median()).isCloseTo(3, within(1e-9));
  }

  @Test
  void printsATable() {
    String conv = result("ConvBenchmark.forward", "", "ops/ns", "[[1e-6]]", "flops", "[[123.0]]");
    assertThat(JmhResults.parse("[" + MACHINE + "," + conv + "]").table())
        .startsWith("| benchmark | parameters | ms | rate | share of the limit |\n| --- ")
        .contains(
            "| ConvBenchmark.forward |  | 1.00 (1.00 to 1.00) | 123 (123 to 123) GFLOP/s | 31 % |");
  }

  @Test
  void tellsWhatIsWrongWithAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("results.json"), "[{\"benchmark\": 7}]");
    assertThatThrownBy(() -> JmhResults.read(file))
        .hasMessage(
            "cannot read '"
                + file
                + "' as JMH's -rf json writes it: wanted benchmark and primaryMetric, got neither");
  }
}
