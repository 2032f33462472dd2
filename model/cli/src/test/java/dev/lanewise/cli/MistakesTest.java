package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.formats.io.SaveLock;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every mistake of a user: exit code 2, and one line that says what was wanted and got. */
class MistakesTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Main.newCommandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return Mistakes.execute(line, args);
  }

  private void assertMistake(String wanted, String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    int code = run(args);
    assertThat(err.toString()).as(String.join(" ", args)).contains(wanted);
    assertThat(err.toString().lines()).as(String.join(" ", args)).hasSize(1);
    assertThat(out.toString()).as(String.join(" ", args)).isEmpty();
    assertThat(code).as(String.join(" ", args)).isEqualTo(2);
  }

  @Test
  void optionsOfRecords() throws IOException {
    assertMistake("--log-steps requires --log", "train", "--log-steps");
    assertMistake(
        "--tensorboard-steps requires --tensorboard", "train", "--tensorboard-steps", "3");
    String notes = Files.writeString(folder.resolve("notes.txt"), "mine").toString();
    assertMistake(
        "--log requires a new file or a log to go on with, and " + notes + " is another file",
        "train",
        "--log",
        notes);
    assertMistake("--report requires a folder, got the file " + notes, "train", "--report", notes);
    assertMistake(
        "--tensorboard requires a folder, got the file " + notes, "train", "--tensorboard", notes);
  }

  @Test
  void optionsOfFindLr() {
    assertMistake(
        "--to requires a number above 1.0, which is --from, got 0.1",
        "find-lr",
        "--from",
        "1",
        "--to",
        "0.1");
    assertMistake("--from requires a positive, finite number", "find-lr", "--from", "0");
    assertMistake("--steps requires a number of at least 10, got 9", "find-lr", "--steps", "9");
    assertMistake(
        "--out requires a name that ends in .svg, got x.png", "find-lr", "--out", "x.png");
    assertMistake(
        "the loss mean_squared_error requires images with",
        "find-lr",
        "--loss",
        "mean_squared_error");
    assertMistake("--loss: ", "find-lr", "--loss", "hinge");
  }

  @Test
  void optionsOfTrain() {
    assertMistake("Unknown option: '--epoch'; did you mean --epochs?", "train", "--epoch");
    assertMistake(
        "Unknown option: '--epoch'; did you mean --epochs?", "train", "--epoch", "3", "--batch=4");
    assertMistake("Unmatched argument at index 1: 'signs'", "train", "signs");
    assertMistake("'--data': requires a path, got ''", "train", "--data", "");
    assertMistake("--max-pixels requires a number of at least 1, got 0", "train", "--max-pixels=0");
    assertMistake("requires a whole number, got 'x'", "train", "--epochs", "x");
    assertMistake("--epochs requires a number of at least 1, got 0", "train", "--epochs", "0");
    assertMistake("--batch requires a number of at least 1, got -3", "train", "--batch", "-3");
    assertMistake("--threads requires a number from 1 to 1024, got 0", "train", "--threads", "0");
    assertMistake("requires a whole number, got '1.5'", "train", "--seed", "1.5");
    assertMistake("requires adam or sgd, got 'adagrad'", "train", "--optimizer", "adagrad");
    assertMistake(
        "--learning-rate requires a positive, finite number, got 0.0",
        "train",
        "--learning-rate",
        "0");
    assertMistake("got NaN", "train", "--learning-rate", "NaN");
    for (String option :
        new String[] {"--learning-rate", "--head-learning-rate", "--weight-decay"}) {
      assertMistake(
          option + " requires a number of at most 1000000, got 1.0E308", "train", option, "1e308");
    }
    assertMistake("got Infinity", "train", "--learning-rate", "Infinity");
    assertMistake(
        "--momentum requires a number from 0 to below 1, got 1.0",
        "train",
        "--optimizer",
        "sgd",
        "--momentum",
        "1");
    assertMistake("--momentum requires --optimizer sgd", "train", "--momentum", "0.9");
    assertMistake("--nesterov requires a --momentum", "train", "--optimizer", "sgd", "--nesterov");
    assertMistake(
        "--weight-decay requires a finite number of at least 0, got -1.0",
        "train",
        "--weight-decay",
        "-1");
    assertMistake(
        "--validation-split requires a number from 0 to below 1, got 1.0",
        "train",
        "--data",
        "x",
        "--validation-split",
        "1");
    assertMistake("--validation-split requires --data", "train", "--validation-split", "0.1");
    assertMistake("no network 'vgg'; known: ", "train", "--network", "vgg");
    assertMistake("--init: ", "train", "--init", "gaussian");
  }

  @Test
  void optionsOfFineTuning() {
    assertMistake("--new-head requires --weights", "train", "--new-head");
    assertMistake("got no file at ", "train", "--weights", file("missing.h5"));
    assertMistake("requires a file with weights", "train", "--weights", folder.toString());
    assertMistake(
        "--head-learning-rate requires a positive, finite number, got 0.0",
        "train",
        "--head-learning-rate",
        "0");
    assertMistake(
        "requires rescale, signed, imagenet, caffe, none, 'mean=...,std=...', pixel-mean or"
            + " pixel-mean=PATH, got 'torch'",
        "train",
        "--preprocessing",
        "torch");
    assertMistake("no layer with parameters is named 'res6*'", startTraining("--freeze", "res6*"));
    assertMistake("'res[' is no pattern", startTraining("--freeze", "conv1,res["));
    assertMistake(
        "to freeze * leaves nothing of network ResNet50 to train", startTraining("--freeze=*"));
    assertMistake(
        "--head-learning-rate requires a head that trains, and --freeze leaves 'fc6' as it is",
        startTraining("--freeze", "fc*", "--head-learning-rate", "0.01"));
  }

  /** The embedded images at the least size of the network: what is wrong is found in a second. */
  private String[] startTraining(String... options) {
    List<String> all = new ArrayList<>(List.of("train", "--input", "33x33", "--no-progress"));
    all.addAll(List.of("--save", file("m.h5")));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  @Test
  void inputSizes() {
    for (String size : new String[] {"64", "64x", "x64", "64X64", "0x64", "64x64x3", "-1x5", "a"}) {
      assertMistake(
          "requires HEIGHTxWIDTH, each from 1 to 9999, as in 64x64, got '" + size + "'",
          "train",
          "--input=" + size);
    }
    assertMistake("too small", "summary", "--input", "2x2");
  }

  @Test
  void filesToWriteAreTriedBeforeTraining() throws IOException {
    assertMistake("got the folder", "train", "--save", folder.toString());
    assertMistake(
        "folder that exists", "train", "--save", folder.resolve("no/model.h5").toString());
    assertMistake(
        "folder that exists", "train", "--save", file("a"), "--history", file("no/history.json"));
    assertMistake(
        "require two files", "train", "--save", file("a.h5"), "--history", file("b/../a.h5"));
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void namesOfFormatsThatAreNotWritten() throws IOException {
    for (String name : new String[] {"m.keras", "m.tflite", "M.PTH", "m.h5.gz"}) {
      assertMistake("are of a format that is not written", "train", "--save", file(name));
    }
    assertMistake(
        "that is the name of the file that holds the state of a training",
        "train",
        "--save",
        file("m.state.safetensors"));
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mean=0.5,0.5,0.5; pixel-mean=PATH, got 'mean=0.5,0.5,0.5'",
        "mean=0.5,std=0.5,mean=0.5; pixel-mean=PATH, got 'mean=0.5,std=0.5,mean=0.5'",
        "0.5,mean=0.5,std=0.5; pixel-mean=PATH, got '0.5,mean=0.5,std=0.5'",
        "mean=0.5,std=0.5,gamma=1; pixel-mean=PATH, got 'mean=0.5,std=0.5,gamma=1'",
        "mean=0.5,0.5,std=0.5,0.5; requires a mean of 1, 3 or 4 channels, got 2 numbers",
        "mean=0.5,0.5,0.5,std=0.5; requires as many deviations as means, got 1 for 3",
        "mean=125,123,114,std=63,62,67; got 125.0, which may be one of pixels: divide it by 255",
        "mean=0.5,x,0.5,std=1,1,1; requires numbers, got 'x'",
        "mean=0.5,,0.5,std=1,1,1; requires numbers, got ''",
        "mean=0.5,0.5,0.5,std=0.2,0,0.2; requires a deviation above 0 to 1"
      })
  void preprocessingsThatCannotBe(String preprocessing, String message) {
    assertMistake(message, "train", "--preprocessing", preprocessing);
    assertMistake(message, "predict", "--model", "m.h5", "--preprocessing", preprocessing, "a.png");
  }

  @Test
  void preprocessingsThatTheNetworkDoesNotTake() {
    assertMistake(
        "requires images of 1 channel, got network ResNet50, which takes 33x33x3",
        startTraining("--preprocessing", "mean=0.5,std=0.5"));
    assertMistake(
        "there is no data set at nowhere", startTraining("--preprocessing", "pixel-mean=nowhere"));
  }

  @Test
  void anotherFileWhereTheStateOfTheTrainingWouldGo() throws IOException {
    Files.writeString(folder.resolve("m.state.safetensors"), "somebody's own");
    assertMistake(
        "m.state.safetensors': another file is there", "train", "--save", file("m.safetensors"));
  }

  @Test
  void imagesTooLargeForTheHeapAreRefusedBeforeTheyAreRead() throws IOException {
    // Reading it would be a mistake of its own.
    Path photos = Files.createDirectories(folder.resolve("photos/cat"));
    Files.writeString(photos.resolve("0.png"), "no image");
    assertMistake(
        "training on 1 image of 9999x9999 at a time takes ",
        "train",
        "--network",
        "cifarresnet20",
        "--input",
        "9999x9999",
        "--data",
        folder.resolve("photos").toString(),
        "--save",
        file("m.h5"));
  }

  @Test
  void aFileThatAnotherTrainingSavesTo() {
    SaveLock other = SaveLock.take(folder.resolve("m.h5"));
    assertMistake(
        "another training saves to '"
            + file("m.h5")
            + "': process "
            + ProcessHandle.current().pid(),
        "train",
        "--save",
        file("m.h5"));
    assertMistake(
        "another training saves to '" + file("m.h5") + "': process ",
        "train",
        "--save",
        file("n.h5"),
        "--save-best",
        file("m.h5"));
    other.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void roomForTheModel() {
    Path model = folder.resolve("m.h5");
    assertThat(SaveSpace.lack(model, 300L << 20, 20L << 20))
        .contains(
            "saving to " + model + " takes about 300 MiB, and " + folder + " has 20 MiB left");
    assertThat(SaveSpace.lack(model, 300L << 20, 300L << 20)).isEmpty();
    assertThat(SaveSpace.lack(model, 300L << 20, 0)).as("unknown").isEmpty();
  }

  @Test
  void filesOfOthersAreNotReplaced() throws IOException {
    Files.writeString(folder.resolve("text.h5"), "no model");
    assertMistake("is another file", "train", "--save", file("text.h5"));
    assertMistake("is another file", "train", "--save", file("m.h5"), "--history", file("text.h5"));
    assertMistake("ends in .svg, got", "plot", "--out", file("text.h5"));
    assertThat(folder.resolve("text.h5")).hasContent("no model");
    Files.writeString(folder.resolve("text.svg"), "no drawing");
    assertMistake("or --overwrite, and there is", "plot", "--out", file("text.svg"));
    assertThat(folder.resolve("text.svg")).hasContent("no drawing");
    Files.writeString(folder.resolve("text.png"), "no sheet");
    String[] preview = {"preview", "--augment", "flip", "--out", file("text.png")};
    assertMistake("or --overwrite, and there is", preview);
    assertThat(folder.resolve("text.png")).hasContent("no sheet");
  }

  @Test
  void dataAndModelsThatAreNotThere() throws IOException {
    String missing = file("missing");
    assertMistake(missing, "train", "--save", file("m.h5"), "--data", missing);
    assertMistake(missing, "evaluate", "--model", missing);
    assertMistake(missing, "predict", "--model", missing, "x.jpg");
    assertMistake(missing, "train", "--resume", missing, "--save", file("m.h5"));
    Files.writeString(folder.resolve("text.h5"), "no model");
    assertMistake("text.h5", "evaluate", "--model", file("text.h5"));
    Files.createDirectory(folder.resolve("empty"));
    assertMistake("empty", "train", "--save", file("m.h5"), "--data", file("empty"));
  }

  @Test
  void pathsOfAnotherKindThanIsRequired() throws IOException {
    String text = Files.writeString(folder.resolve("my.jar"), "no jar").toString();
    assertMistake(
        "--class-path requires jars or folders, and " + text + " is no jar",
        "--class-path",
        text,
        "summary");
    String missing = file("missing.jar");
    assertMistake(
        "--class-path requires jars or folders that exist, got '" + missing + "'",
        "--class-path",
        missing,
        "summary");
    Path model = folder.resolve("m.h5");
    try (Model made = Model.build("cifarresnet20", ModelOptions.of(32, 32, List.of("a", "b")))) {
      made.save(model);
    }
    assertMistake(
        "a data set is required, and " + model + " is a model that Lanewise saved",
        "train",
        "--data",
        model.toString(),
        "--save",
        file("n.h5"));
    assertMistake(
        "--config requires a model that 'lanewise train' made, and " + model + " keeps no",
        "train",
        "--config",
        model.toString());
    Path cats = Files.createDirectories(folder.resolve("photos/cat"));
    Files.createFile(cats.resolve("0.png"));
    assertMistake(
        "must hold at least 2 classes, got 1 (cat)",
        "train",
        "--data",
        cats.getParent().toString(),
        "--save",
        file("n.h5"));
  }

  @Test
  void checkpointsToKeep() {
    assertMistake(
        "--keep-checkpoints requires a number of at least 1, got 0",
        "train",
        "--keep-checkpoints",
        "0");
    assertMistake("--best-by requires --save-best", "train", "--best-by", "val_loss");
    assertMistake(
        "unknown figure 'f1': it is loss or a metric, behind val_ for validation; unknown metric 'f1'",
        "train",
        "--best-by",
        "f1");
    assertMistake(
        "requires a form like 30s, 10m, 2h, 500steps or 1epochs, got '3days'",
        "train",
        "--checkpoint-every",
        "3days");
  }

  @Test
  void optionsThatAreMissingOrDoNotGoTogether() {
    assertMistake("Missing required option: '--model=FILE'", "evaluate");
    assertMistake("Missing required", "predict", "--model", "m.h5");
    assertMistake("Missing required", "predict", "x.jpg");
    assertMistake("--top requires", "predict", "--model", "m.h5", "--top", "0", "x.jpg");
    assertMistake("--classes requires", "summary", "--classes", "1");
    assertMistake("--batch requires", "summary", "--batch", "0");
    assertMistake(
        "--input is part of the saved model", "summary", "--model", "m.h5", "--input", "9x9");
    assertMistake("Missing required option: '--out=FILE'", "plot");
    assertMistake("from 1 to 100, got 0", "plot", "--out", file("n.svg"), "--columns", "0");
    assertMistake("no network 'vgg'", "plot", "--out", file("n.svg"), "--network", "vgg");
    assertMistake("folder that exists", "plot", "--out", file("no/n.svg"));
    String[] preview = {"preview", "--augment", "flip", "--out", file("n.png"), "", ""};
    for (String[] option :
        new String[][] {
          {"--rows", "0", "--rows requires a number from 1 to 32, got 0"},
          {"--draws", "17", "--draws requires a number from 1 to 16, got 17"},
          {"--validation-split", "1", "--validation-split requires a number from 0 to below 1"},
          {"--network", "vgg", "no network 'vgg'"},
          {"--data", file("missing"), file("missing")}
        }) {
      preview[5] = option[0];
      preview[6] = option[1];
      assertMistake(option[2], preview);
    }
    assertMistake("ends in .png, got", "preview", "--augment", "flip", "--out", file("n.jpg"));
    assertMistake(
        "unknown augmentation 'flop'; known are flip(",
        "preview",
        "--augment",
        "flop",
        "--out=n.png");
    assertMistake(
        "augmentation flip requires a number from 0 to 1 as chance, got '2'",
        "train",
        "--augment",
        "flip(chance=2)",
        "--save",
        file("m.h5"));
    assertMistake("Unmatched argument at index 0: 'trian'", "trian");
    Map<String, String> refused = new TreeMap<>();
    refused.put("--network", "resnet50");
    refused.put("--input", "64x64");
    refused.put("--init", "zeros");
    refused.put("--optimizer", "adam");
    refused.put("--momentum", "0.5");
    refused.put("--weights", "w.h5");
    refused.put("--freeze", "conv1");
    refused.put("--head-learning-rate", "0.1");
    refused.put("--preprocessing", "caffe");
    refused.forEach(
        (option, value) -> assertMistake("--resume: ", "train", "--resume", "m.h5", option, value));
  }

  @Test
  void systemProperties() {
    Runnable command =
        () -> {
          throw new ExceptionInInitializerError(new IllegalArgumentException("lanes: got 5"));
        };
    CommandLine line = new CommandLine(CommandSpec.wrapWithoutInspection(command));
    line.setErr(new PrintWriter(err, true));
    assertThat(Mistakes.execute(line)).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly("lanewise: lanes: got 5");
  }

  @Test
  void helpAndVersionAreNoMistakes() {
    for (String command :
        new String[] {"train", "evaluate", "predict", "summary", "plot", "preview"}) {
      out.getBuffer().setLength(0);
      assertThat(run(command, "--help")).isZero();
      // A list's dots are picocli's own.
      assertThat(out.toString()).contains("Usage: lanewise " + command).doesNotContain("...][,");
    }
    assertThat(run()).isZero();
    assertThat(run("--version")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
