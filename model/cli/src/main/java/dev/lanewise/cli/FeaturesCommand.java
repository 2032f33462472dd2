package dev.lanewise.cli;

import dev.lanewise.formats.io.Replacement;
import dev.lanewise.model.FeatureExtractor;
import dev.lanewise.model.Similarity;
import dev.lanewise.model.data.DataException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes what a network sees in images, and finds those that look alike to it. */
@Command(
    name = "features",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Writes what a network sees in images, before it decides on classes.",
    description = {
      "",
      "The features of an image are the average of the network's last map, a number for each of its"
          + " channels. Files without a head do as well as others.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lanewise features --model photos.h5 --out photos.npy photos",
      "  lanewise features --model photos.h5 --nearest cat.jpg --top 5 photos"
    })
final class FeaturesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model.")
  private Path file;

  @Mixin private ModelSource source;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where they go, a row for each image in the order of the images: .npy for NumPy (float32)"
              + " or .csv, with names and all digits.")
  private Path out;

  @Option(
      names = "--nearest",
      paramLabel = "IMAGE",
      description = "Print the images that are most like this one, by the cosine of the features.")
  private Path nearest;

  @Option(names = "--top", paramLabel = "K", description = "Number of such images. Default: 10.")
  private Integer top;

  @Mixin private ComputeOptions compute;

  @Mixin private ImagePaths images;

  @Override
  public Integer call() {
    check();
    List<Path> done = new ArrayList<>();
    List<float[]> rows = new ArrayList<>();
    int code = 0;
    List<Path> files = images.files();
    PrintWriter err = spec.commandLine().getErr();
    try (FeatureExtractor extractor = source.openFeatures(file, compute.threads());
        CountBar bar = new CountBar(err, files.size())) {
      float[] wanted = nearest == null ? null : extractor.features(nearest);
      for (Path image : files) {
        try {
          rows.add(extractor.features(image));
          done.add(image);
          bar.done(() -> {});
        } catch (DataException e) {
          // The others have features all the same.
          bar.done(() -> Mistakes.ofUser(e, spec.commandLine()));
          code = Mistakes.USER;
        }
      }
      if (out != null) {
        write(done, rows, extractor.size());
      }
      if (nearest != null) {
        print(done, Similarity.nearest(wanted, rows, top == null ? 10 : top));
      }
    }
    return code;
  }

  private void check() {
    OptionChecks.atLeast(spec, "--top", top, 1);
    if (out == null && nearest == null) {
      throw new ParameterException(spec.commandLine(), "features require --out or --nearest");
    }
    if (top != null && nearest == null) {
      throw new ParameterException(spec.commandLine(), "--top requires --nearest");
    }
    if (out != null) {
      if (!ends(".npy") && !ends(".csv")) {
        throw new ParameterException(
            spec.commandLine(), "--out requires a name that ends in .npy or .csv, got " + out);
      }
      OptionChecks.writable(spec, "--out", out);
    }
  }

  private boolean ends(String ending) {
    return out.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private void write(List<Path> done, List<float[]> rows, int size) {
    List<String> head =
        Stream.concat(Stream.of("image"), IntStream.range(0, size).mapToObj(Integer::toString))
            .toList();
    byte[] bytes =
        ends(".csv")
            ? Rows.csv(head, done.stream().map(Path::toString).toList(), rows)
            : Rows.npy(rows, size);
    Replacement.write(out, "the features", bytes);
    spec.commandLine()
        .getOut()
        .println(rows.size() + " images of " + size + " features written to " + out);
  }

  private void print(List<Path> done, List<Similarity> found) {
    for (Similarity one : found) {
      spec.commandLine()
          .getOut()
          .println(String.format(Locale.ROOT, "%s  %.4f", done.get(one.index()), one.cosine()));
    }
  }
}
