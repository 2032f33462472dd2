package dev.lanewise.benchmarks.peers;

import dev.lanewise.benchmarks.report.JmhResults;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures, prints every turn and the tables, and writes the raw figures. */
@Command(
    name = "measure",
    description = "Lets the contenders do the works in turn.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class MeasureCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--contenders",
      split = ",",
      paramLabel = "ID",
      description = "Who works, separated by commas.")
  private List<String> contenders =
      Arrays.stream(Entry.values())
          .filter(entry -> entry != Entry.LANEWISE_FUSED)
          .map(Entry::id)
          .toList();

  @Option(
      names = "--works",
      split = ",",
      paramLabel = "WORK",
      description = "networks, kernels, all, or single works such as training-32x64.")
  private List<String> works = List.of("networks");

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each with each work.")
  private int rounds = 5;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of each contender. Default: one per processor.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      description = "Repetitions before the first turn; kernels take a tenth.")
  private double warmup = 8;

  @Option(
      names = "--turn",
      paramLabel = "SECONDS",
      description = "Length of a turn; kernels take a tenth.")
  private double turn = 2;

  @Option(
      names = "--foreign",
      paramLabel = "SHARE",
      description = "Share of the processors that other programs may take in a turn.")
  private double foreign = 0.08;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "How long a turn waits for a quiet machine, and is repeated if disturbed;"
              + " kernels take a tenth.")
  private double patience = 60;

  @Option(
      names = "--waiting",
      paramLabel = "SECONDS",
      description = "How long all turns together may wait so.")
  private double waiting = 240;

  @Option(
      names = "--peers",
      paramLabel = "FOLDER",
      description = "Where the peers' modules stand, built.")
  private Path peers = Path.of("benchmarks", "peers");

  @Option(names = "--out", paramLabel = "FILE", description = "Where all figures go, as JSON.")
  private Path out = Path.of("benchmarks", "results", "peers.json");

  @Override
  public Integer call() {
    atLeast("--rounds", rounds, 1);
    atLeast("--threads", threads, 1);
    positive("--warmup", warmup);
    positive("--turn", turn);
    positive("--foreign", foreign);
    positive("--patience", patience);
    positive("--waiting", waiting);
    List<Entry> entries = contenders.stream().map(Entry::of).distinct().toList();
    LinkedHashSet<Work> wanted = new LinkedHashSet<>();
    works.forEach(name -> wanted.addAll(WorkGroups.of(name)));
    Measurement.Settings settings =
        new Measurement.Settings(rounds, threads, warmup, turn, foreign, patience, waiting);
    PrintWriter printer = spec.commandLine().getOut();
    Results results;
    try (Measurement measurement = new Measurement(settings, peers, entries, printer)) {
      // After each work, so that little is lost when the rest is not waited for.
      results = measurement.run(new ArrayList<>(wanted), part -> part.write(out));
    }
    printer.println();
    printer.print(MarkdownTables.write(results, new JmhResults(List.of())));
    printer.println();
    printer.println("all figures: " + out);
    return 0;
  }

  private void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " wants a number of at least " + least + ", got " + value);
    }
  }

  private void positive(String option, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ParameterException(
          spec.commandLine(), option + " wants a positive number, got " + value);
    }
  }
}
