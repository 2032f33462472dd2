package dev.lanewise.cli;

import dev.lanewise.formats.io.Replacement;
import dev.lanewise.model.FeatureExtractor;
import dev.lanewise.model.Similarity;
import dev.lanewise.model.data.DataException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
          "Where they go, a row for each image in the order of the images: .npy for NumPy (float32),"
              + " where that of an image that cannot be read is NaN; or .csv, with names and all"
              + " digits, where it is left out.")
  private Path out;

  @Mixin private OverwriteOption overwrite;

  @Option(
      names = "--nearest",
      paramLabel = "IMAGE",
      description = "Print the images that are most like this one, by the cosine of the features.")
  private Path nearest;

  @Option(names = "--top", paramLabel = "K", description = "Number of such images. Default: 10.")
  private Integer top;

  @Mixin private PixelOption pixels;

  @Mixin private ComputeOptions compute;

  @Mixin private ImagePaths images;

  @Override
  public Integer call() {
    check();
    List<Path> files = images.files();
    Map<Integer, float[]> rows = new TreeMap<>();
    PrintWriter err = spec.commandLine().getErr();
    try (FeatureExtractor extractor = source.openFeatures(file, compute.threads());
        CountBar bar = new CountBar(err, files.size())) {
      float[] wanted = nearest == null ? null : extractor.features(nearest);
      for (int i = 0; i < files.size(); i++) {
        try {
          rows.put(i, extractor.features(files.get(i)));
          bar.done(() -> {});
        } catch (DataException e) {
          // The others have features all the same.
          bar.done(() -> Mistakes.ofUser(e, spec.commandLine()));
        }
      }
      if (out != null) {
        write(files, rows, extractor.size());
      }
      if (nearest != null) {
        List<Path> read = rows.keySet().stream().map(files::get).toList();
        List<float[]> known = List.copyOf(rows.values());
        print(read, Similarity.nearest(wanted, known, top == null ? 10 : top));
      }
    }
    return rows.size() == files.size() ? 0 : Mistakes.USER;
  }

  private void check() {
    OptionChecks.atLeast(spec, "--top", top, 1);
    pixels.apply();
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
      overwrite.check(out);
    }
  }

  private boolean ends(String ending) {
    return out.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /**
   * Writes the features.
   *
   * @param rows those of images that could be read, by their places among the files
   */
  private void write(List<Path> files, Map<Integer, float[]> rows, int size) {
    boolean table = ends(".csv");
    Replacement.write(
        out, "the features", table ? table(files, rows, size) : matrix(files.size(), rows, size));
    int unread = files.size() - rows.size();
    spec.commandLine()
        .getOut()
        .println(
            rows.size()
                + " images of "
                + size
                + " features written to "
                + out
                + (table || unread == 0 ? "" : ", and NaN for " + unread));
  }

  private static byte[] table(List<Path> files, Map<Integer, float[]> rows, int size) {
    List<String> head =
        Stream.concat(Stream.of("image"), IntStream.range(0, size).mapToObj(Integer::toString))
            .toList();
    List<String> names = rows.keySet().stream().map(i -> files.get(i).toString()).toList();
    return Rows.csv(head, names, List.copyOf(rows.values()));
  }

  /** Returns a row for each file, which have no names there: row i is that of file i. */
  private static byte[] matrix(int count, Map<Integer, float[]> rows, int size) {
    float[] unknown = new float[size];
    Arrays.fill(unknown, Float.NaN);
    return Rows.npy(
        IntStream.range(0, count).mapToObj(i -> rows.getOrDefault(i, unknown)).toList(), size);
  }

  private void print(List<Path> done, List<Similarity> found) {
    for (Similarity one : found) {
      spec.commandLine()
          .getOut()
          .println(String.format(Locale.ROOT, "%s  %.4f", done.get(one.index()), one.cosine()));
    }
  }
}
