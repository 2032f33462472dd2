package dev.lanewise.benchmarks.serving;

import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures ResNet50 under the load of 1, 8 and 64 callers with single images, beside ONNX Runtime
 * with the same weights. Contenders take turns, and medians of the rounds are told.
 */
@Command(name = "serving", mixinStandardHelpOptions = true)
public final class ServingBenchmark implements Callable<Integer> {
  private static final int CLASSES = 6;
  private static final int IMAGES = 16;
  private static final double TOLERANCE = 1e-4;

  @Option(names = "--input", paramLabel = "SIZE", description = "Height and width of the images.")
  private int size = 64;

  @Option(names = "--callers", paramLabel = "N", split = ",", description = "Numbers of callers.")
  private List<Integer> callers = List.of(1, 8, 64);

  @Option(names = "--threads", paramLabel = "N", description = "Threads that Lanewise works with.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--together", paramLabel = "N", split = ",", description = "Images at a time.")
  private List<Integer> together = List.of(1, 32);

  @Option(names = "--seconds", paramLabel = "S", description = "Length of a turn.")
  private double seconds = 3;

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each contender.")
  private int rounds = 3;

  /** Made by picocli. */
  public ServingBenchmark() {}

  /** Runs the command line and exits. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ServingBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("lanewise-serving");
    Path own = folder.resolve("model.h5");
    Path onnx = folder.resolve("model.onnx");
    List<Contender> contenders = new ArrayList<>();
    try {
      save(own, onnx);
      for (int most : together) {
        contenders.add(Queued.open(own, threads, most));
      }
      contenders.add(new SideBySide(own, threads));
      contenders.add(new OnnxRuntime(onnx, 1, size));
      contenders.add(new OnnxRuntime(onnx, 2, size));
      measure(contenders, images());
    } finally {
      for (Contender contender : contenders) {
        contender.close();
      }
      for (Path file : List.of(own, onnx, folder)) {
        Files.deleteIfExists(file);
      }
    }
    return 0;
  }

  private void save(Path own, Path onnx) {
    List<String> names = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    try (Model model = Model.build("resnet50", ModelOptions.of(size, size, names))) {
      model.save(own);
      model.exportOnnx(onnx, OnnxOptions.DEFAULT.withLayout(OnnxOptions.Layout.NHWC));
    }
  }

  private float[][] images() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] images = new float[IMAGES][size * size * 3];
    for (float[] image : images) {
      for (int i = 0; i < image.length; i++) {
        image[i] = random.nextInt(256) / 255f;
      }
    }
    return images;
  }

  private void measure(List<Contender> contenders, float[][] images)
      throws InterruptedException, ExecutionException {
    requireSame(contenders, images[0]);
    System.out.println("| callers | | images/s | 50 % within, ms | 99 % within, ms |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (int count : callers) {
      List<List<Load>> loads =
          contenders.stream().map(c -> (List<Load>) new ArrayList<Load>()).toList();
      for (int round = -1; round < rounds; round++) {
        for (int c = 0; c < contenders.size(); c++) {
          Load load = Load.of(contenders.get(c), images, count, seconds);
          if (round >= 0) {
            loads.get(c).add(load);
          }
        }
      }
      for (int c = 0; c < contenders.size(); c++) {
        print(count, contenders.get(c).name(), loads.get(c));
      }
    }
  }

  private static void requireSame(List<Contender> contenders, float[] image)
      throws InterruptedException {
    float[] wanted = contenders.getFirst().classify(image);
    for (Contender contender : contenders) {
      float[] got = contender.classify(image);
      for (int i = 0; i < wanted.length; i++) {
        if (!(Math.abs(got[i] - wanted[i]) < TOLERANCE)) {
          throw new IllegalStateException(
              contender.name() + ": wanted probability " + wanted[i] + ", got " + got[i]);
        }
      }
    }
  }

  private static void print(int callers, String name, List<Load> loads) {
    System.out.printf(
        Locale.ROOT,
        "| %d | %s | %.0f (%.0f to %.0f) | %.1f | %.1f |%n",
        callers,
        name,
        median(loads, Load::perSecond),
        loads.stream().mapToDouble(Load::perSecond).min().orElseThrow(),
        loads.stream().mapToDouble(Load::perSecond).max().orElseThrow(),
        median(loads, Load::median),
        median(loads, Load::slow));
  }

  private static double median(List<Load> loads, ToDoubleFunction<Load> figure) {
    return loads.stream()
        .sorted(Comparator.comparingDouble(figure))
        .mapToDouble(figure)
        .toArray()[loads.size() / 2];
  }
}
