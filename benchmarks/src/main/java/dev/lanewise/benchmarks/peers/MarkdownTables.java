package dev.lanewise.benchmarks.peers;

import dev.lanewise.benchmarks.report.JmhResults;
import dev.lanewise.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Results as Markdown tables. */
final class MarkdownTables {
  private static final double MIB = 1 << 20;
  private static final String NONE = "–";

  private final StringBuilder text = new StringBuilder();

  private MarkdownTables() {}

  /** Returns the whole text; jmh may have no rows. */
  static String write(Results results, JmhResults jmh) {
    MarkdownTables tables = new MarkdownTables();
    tables.head(results);
    List<Comparison> all = results.comparisons();
    tables.networks(all.stream().filter(c -> c.work().kind().isNetwork()).toList());
    tables.memory(results.peakMemory());
    OptionalDouble peak = jmh.peak();
    tables.kernels(all, 1, "1x1 convolutions", peak);
    tables.kernels(all, 3, "3x3 convolutions", peak);
    tables.jmh(jmh);
    return tables.text.toString();
  }

  private void head(Results results) {
    line(
        "%s; %d threads each. Medians of rounds, with least and greatest.",
        results.machine(), results.threads());
    line("");
    results.abouts().forEach((id, about) -> line("- %s: %s", Entry.of(id).label(), about));
    List<Turn> turns = results.works().stream().flatMap(work -> work.turns().stream()).toList();
    line("");
    line(
        "%d of %d turns are left out, since other programs took more than %.0f %% of the processors.",
        turns.stream().filter(turn -> !results.counts(turn)).count(),
        turns.size(),
        100 * results.foreign());
  }

  private void networks(List<Comparison> works) {
    for (Comparison work : works) {
      title(work.work().text());
      line("| contender | ms | images/s | times Lanewise's time |");
      line("| --- | --- | --- | --- |");
      for (Entry entry : work.entries()) {
        line(
            "| %s | %s | %s | %s |",
            entry.label(),
            work.millis(entry).text(),
            work.rate(entry).text(),
            entry == Entry.LANEWISE ? NONE : work.ratio(entry).map(Spread::text).orElse(NONE));
      }
      work.ratioToFastest(Entry.peers())
          .ifPresent(
              ratio -> {
                line("");
                line(
                    "The fastest peer in float32 of each round: %s times Lanewise's time.",
                    ratio.text());
              });
      if (!work.faulty().isEmpty()) {
        line("");
        line(
            "Left out, since it takes longer here than for a larger batch, a fault of its build: %s.",
            work.faulty().stream().map(Entry::label).collect(Collectors.joining("; ")));
      }
    }
  }

  private void memory(Map<String, Long> peaks) {
    if (peaks == null || peaks.isEmpty()) {
      return;
    }
    title("Peak resident memory of the training at 64x64, batch 32");
    line("| contender | MiB |");
    line("| --- | --- |");
    peaks.forEach((id, bytes) -> line("| %s | %.0f |", Entry.of(id).label(), bytes / MIB));
  }

  /**
   * One table per role: GFLOP/s of all, with their share of the machine's peak where it was
   * measured, and Lanewise's rate as a multiple of the peers' best.
   */
  private void kernels(List<Comparison> works, int window, String name, OptionalDouble peak) {
    for (Work.Kind role : Work.Kind.values()) {
      List<Comparison> rows =
          works.stream()
              .filter(c -> c.work().kind() == role && c.work().window() == window)
              .toList();
      if (rows.isEmpty()) {
        continue;
      }
      title(name + ", " + role.text() + ", GFLOP/s");
      List<Entry> columns =
          Arrays.stream(Entry.values())
              .filter(entry -> rows.stream().anyMatch(row -> row.has(entry)))
              .toList();
      StringJoiner header = new StringJoiner(" | ", "| maps | ", " | Lanewise / best peer |");
      columns.forEach(entry -> header.add(entry.label()));
      line("%s", header);
      line("| --- |%s", " --- |".repeat(columns.size() + 1));
      List<Double> ratios = new ArrayList<>();
      for (Comparison row : rows) {
        Work work = row.work();
        StringJoiner cells = new StringJoiner(" | ");
        columns.forEach(entry -> cells.add(row.has(entry) ? rate(row.rate(entry), peak) : NONE));
        Optional<Spread> ratio = row.ratioToFastest(Entry.peers());
        ratio.ifPresent(spread -> ratios.add(spread.median()));
        line(
            "| %dx%dx%d, %d to %d | %s | %s |",
            work.images(),
            work.size(),
            work.size(),
            work.ic(),
            work.oc(),
            cells,
            ratio.map(Spread::text).orElse(NONE));
      }
      if (!ratios.isEmpty()) {
        line("");
        line("Geometric mean of the ratios: %.2f.", Spread.geometricMean(ratios));
      }
    }
  }

  private void jmh(JmhResults results) {
    if (results.rows().isEmpty()) {
      return;
    }
    title("JMH");
    text.append(results.table());
  }

  private void title(String title) {
    line("");
    line("### %s", title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1));
    line("");
  }

  private void line(String format, Object... values) {
    text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    text.append('\n');
  }

  private static String rate(Spread spread, OptionalDouble peak) {
    String rate = String.format(Locale.ROOT, "%.0f", spread.median());
    return peak.isEmpty()
        ? rate
        : String.format(
            Locale.ROOT, "%s (%.0f %%)", rate, 100 * spread.median() / peak.getAsDouble());
  }
}
