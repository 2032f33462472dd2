package dev.lanewise.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import picocli.CommandLine;

class ReportTest {
  private static final String JMH =
      """
      [
        {
          "benchmark": "dev.lanewise.benchmarks.ConvBenchmark.forward",
          "params": {"layer": "CONV1"},
          "primaryMetric": {"scoreError": "NaN", "scoreUnit": "ops/ns", "rawData": [[1e-6]]},
          "secondaryMetrics": {
            "bytes": {"scoreError": 0.0, "scoreUnit": "ops/ns", "rawData": [[0.0]]},
            "flops": {"scoreError": 12.5, "scoreUnit": "ops/ns", "rawData": [[300.0, 310.0]]}
          }
        },
        {
          "benchmark": "dev.lanewise.benchmarks.TrainingStepBenchmark.step",
          "primaryMetric": {"scoreError": "NaN", "scoreUnit": "ms/op", "rawData": [[200.25]]},
          "secondaryMetrics": {}
        }
      ]
      """;

  @TempDir private Path folder;

  @Test
  void writesTablesAndChart() throws Exception {
    Path results = folder.resolve("results").resolve("peers.json");
    Samples.results().write(results);
    Path jmh = Files.writeString(folder.resolve("jmh.json"), JMH);
    Path markdown = folder.resolve("docs").resolve("peers.md");
    Path chart = folder.resolve("docs").resolve("peers.svg");

    String said =
        execute(
            0,
            "report",
            results.toString(),
            "--jmh",
            jmh.toString(),
            "--markdown",
            markdown.toString(),
            "--chart",
            chart.toString());

    assertThat(said).contains(markdown.toString(), chart.toString());
    assertThat(Files.readString(markdown))
        .contains("1 of 11 turns are left out, since other programs took more than 8 %")
        .contains("### Training step, 64x64, batch 32")
        .contains("| Lanewise | 180 (160 to 200) | 178 (160 to 200) | – |")
        .contains("| Bytedeco (libtorch) | 380 (320 to 440) | 84.2 (72.7 to 100) | 2.10 (2.00 to")
        .contains(
            "The fastest peer in float32 of each round: 2.10 (2.00 to 2.20) times Lanewise's time.")
        .contains("| Lanewise | 1000 |")
        .contains("| 32x15x15, 64 to 256 | 236 | 262 | 0.90 (0.90 to 0.90) |")
        .contains("Geometric mean of the ratios: 0.99.")
        .contains(
            "| ConvBenchmark.forward | layer=CONV1 | 1.00 (1.00 to 1.00) | 305 (300 to 310) GFLOP/s |")
        .contains("| TrainingStepBenchmark.step |  | 200 (200 to 200) |");
    Document svg = parse(Files.readString(chart));
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(Files.readString(chart)).contains(">178</text>", ">84.2</text>", ">250</text>");
    // A background, and a bar for each contender of each work.
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(1 + 4);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void tellsMistakesInOneSentence() throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");
    Path text = Files.writeString(folder.resolve("text.json"), "no JSON");
    Path absent = folder.resolve("absent.json");
    assertThat(execute(2, "report", other.toString()))
        .startsWith("peers: wanted results of a comparison in " + other)
        .hasLineCount(1);
    assertThat(execute(2, "report", text.toString()))
        .startsWith("peers: wanted results of a comparison in " + text)
        .hasLineCount(1);
    assertThat(execute(2, "report", absent.toString()))
        .startsWith("peers: wanted a file with results of a comparison, got " + absent)
        .hasLineCount(1);
    assertThat(execute(2, "measure", "--contenders", "keras"))
        .startsWith("peers: wanted contenders among lanewise, lanewise-fused, djl")
        .endsWith("got 'keras'" + System.lineSeparator());
    assertThat(execute(2, "measure", "--works", "sleep"))
        .startsWith("peers: wanted works named networks, kernels, all")
        .hasLineCount(1);
    assertThat(execute(2, "measure", "--rounds", "0"))
        .startsWith("--rounds wants a number of at least 1, got 0");
    assertThat(
            execute(
                2,
                "measure",
                "--contenders",
                "djl",
                "--works",
                "inference-1x64",
                "--peers",
                folder.toString()))
        .startsWith("peers: DJL (PyTorch) is not built: there is no " + folder)
        .hasLineCount(1);
  }

  private static String execute(int status, String... args) {
    StringWriter out = new StringWriter();
    CommandLine commandLine = PeersMain.commandLine();
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
    assertThat(commandLine.execute(args)).isEqualTo(status);
    return out.toString();
  }
}
