package dev.lanewise.benchmarks.peers;

import dev.lanewise.benchmarks.report.JmhResults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns files of results into tables and a chart. */
@Command(
    name = "report",
    description = "Writes tables (Markdown) and a chart (SVG) of results.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Results that measure wrote; a later file's works follow an earlier's.")
  private List<Path> files;

  @Option(
      names = "--jmh",
      paramLabel = "FILE",
      description = "What JMH wrote with -rf json; may be given more than once.")
  private List<Path> jmh = List.of();

  @Option(names = "--markdown", paramLabel = "FILE", description = "Where the tables go.")
  private Path markdown = Path.of("docs", "peers.md");

  @Option(names = "--chart", paramLabel = "FILE", description = "Where the chart goes.")
  private Path chart = Path.of("docs", "peers.svg");

  @Override
  public Integer call() {
    Results results = merge(files.stream().map(Results::read).toList());
    JmhResults lines =
        new JmhResults(jmh.stream().flatMap(file -> readJmh(file).rows().stream()).toList());
    write(markdown, "# Lanewise beside its peers\n\n" + MarkdownTables.write(results, lines));
    write(chart, SvgChart.draw(results));
    return 0;
  }

  private static JmhResults readJmh(Path file) {
    try {
      return JmhResults.read(file);
    } catch (IOException e) {
      throw new PeersException("cannot read " + file + ": " + e, e);
    } catch (IllegalArgumentException e) {
      throw new PeersException(e.getMessage(), e);
    }
  }

  private static Results merge(List<Results> parts) {
    Results first = parts.get(0);
    Map<String, String> abouts = new LinkedHashMap<>();
    Map<String, Long> memory = new LinkedHashMap<>();
    List<Results.WorkTurns> works = new ArrayList<>();
    for (Results part : parts) {
      if (!part.machine().equals(first.machine()) || part.threads() != first.threads()) {
        throw new PeersException(
            "wanted results of one machine and number of threads, got "
                + first.machine()
                + " with "
                + first.threads()
                + " and "
                + part.machine()
                + " with "
                + part.threads());
      }
      abouts.putAll(part.abouts());
      memory.putAll(part.peakMemory());
      works.addAll(part.works());
    }
    return new Results(first.machine(), first.threads(), first.foreign(), abouts, memory, works);
  }

  private void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text, StandardCharsets.UTF_8);
      spec.commandLine().getOut().println(file);
    } catch (IOException e) {
      throw new PeersException("cannot write " + file + ": " + e, e);
    }
  }
}
