package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.testing.Shared;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A ResNet20 that a stranger trained with Keras 2.2.4, and a file that broke off on its way. */
class StrangersModelTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Main.newCommandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return Mistakes.execute(line, args);
  }

  @Test
  void isMeasuredByOneCommand() {
    Path model = Shared.file("data", "keras", "cifar10_resnet20v1.h5");
    Path images = Shared.file("data", "cifar10_test");
    int code =
        run(
            "evaluate",
            "--model",
            model.toString(),
            "--network",
            "cifarresnet20",
            "--data",
            images.toString());
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    Matcher accuracy = Pattern.compile("accuracy ([0-9.]+)").matcher(out.toString());
    assertThat(accuracy.find()).isTrue();
    // Keras reaches 0.932.
    assertThat(Double.parseDouble(accuracy.group(1))).isBetween(0.925, 0.94);
  }

  /** What it was not trained with is applied all the same: as 1,000 images show. */
  @Test
  void takesPixelsAsItIsTold() {
    assertThat(accuracy("mean=0,0,0,std=1,1,1")).isEqualTo(accuracy("rescale"));
    assertThat(accuracy("mean=0.4914,0.4822,0.4465,std=0.2470,0.2435,0.2616")).isLessThan(0.9);
    double mean = accuracy("pixel-mean=" + Shared.file("data", "cifar10_test"));
    assertThat(mean).isNotEqualTo(accuracy("rescale")).isLessThan(0.93);
  }

  private double accuracy(String preprocessing) {
    String model = Shared.file("data", "keras", "cifar10_resnet20v1.h5").toString();
    String images = Shared.file("data", "cifar10_test").toString();
    List<String> args = new ArrayList<>(List.of("evaluate", "--model", model, "--data", images));
    args.addAll(List.of("--network", "cifarresnet20", "--preprocessing", preprocessing));
    out.getBuffer().setLength(0);
    assertThat(run(args.toArray(String[]::new))).as(err.toString()).isZero();
    Matcher accuracy = Pattern.compile("accuracy ([0-9.]+)").matcher(out.toString());
    assertThat(accuracy.find()).isTrue();
    return Double.parseDouble(accuracy.group(1));
  }

  @Test
  void theMeanOfATrainingThatIsNotThereIsAskedFor() {
    String model = Shared.file("data", "keras", "cifar10_resnet20v1.h5").toString();
    int code =
        run(
            "evaluate",
            "--model",
            model,
            "--network",
            "cifarresnet20",
            "--preprocessing",
            "pixel-mean");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--preprocessing pixel-mean requires the images of the training: pixel-mean=PATH");
  }

  @Test
  void isDescribedOnceItsNetworkIsKnown() {
    String model = Shared.file("data", "keras", "cifar10_resnet20v1.h5").toString();
    assertThat(run("summary", "--model", model)).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("--network has to say");
    assertThat(run("summary", "--model", model, "--network", "cifarresnet20")).isZero();
    assertThat(out.toString()).contains("(None, 32, 32, 16)", "Total params: 274,442");
  }

  @Test
  void isRefusedForAnotherNetwork() {
    Path model = Shared.file("data", "keras", "cifar10_resnet20v1.h5");
    assertThat(run("evaluate", "--model", model.toString(), "--network", "cifarresnet32"))
        .isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("holds 21 convolutions, and the network requires 33 convolutions");
  }

  @Test
  void truncatedWeightsAreRefusedInOneLine() {
    Path file = Shared.file("data", "keras", "truncated_resnet50_notop.h5");
    for (String[] network : new String[][] {{}, {"--network", "resnet50", "--input", "64x64"}}) {
      err.getBuffer().setLength(0);
      String[] args = new String[3 + network.length];
      args[0] = "evaluate";
      args[1] = "--model";
      args[2] = file.toString();
      System.arraycopy(network, 0, args, 3, network.length);
      assertThat(run(args)).isEqualTo(2);
      assertThat(err)
          .hasToString(
              String.format(
                  "lanewise evaluate: cannot read '%s': it is cut off, only 1048576 of 94653016"
                      + " bytes are there%n",
                  file));
    }
  }
}
