package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.testing.UserJar;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own loss and metric, in a jar. */
class OwnMeasuresJarTest {
  private static final String LOSS =
      """
      package my;

      import dev.lanewise.model.data.TargetKind;
      import dev.lanewise.model.training.Loss;
      import dev.lanewise.network.HeadActivation;

      /** The mean over all numbers of |output - target|. */
      public final class MeanAbsolute implements Loss {
        @Override
        public String name() {
          return "mean_absolute";
        }

        @Override
        public TargetKind targets() {
          return TargetKind.VALUES;
        }

        @Override
        public HeadActivation head() {
          return HeadActivation.LINEAR;
        }

        @Override
        public double of(float[] outputs, int from, float[] targets, int at, int n) {
          double sum = 0;
          for (int i = 0; i < n; i++) {
            sum += Math.abs(outputs[from + i] - targets[at + i]);
          }
          return sum / n;
        }

        @Override
        public double gradient(
            float[] logits, int from, float[] targets, int at, double[] gradient) {
          for (int i = 0; i < gradient.length; i++) {
            gradient[i] = Math.signum(logits[from + i] - targets[at + i]) / gradient.length;
          }
          return of(logits, from, targets, at, gradient.length);
        }
      }
      """;

  private static final String METRIC =
      """
      package my;

      import dev.lanewise.model.data.TargetKind;
      import dev.lanewise.model.training.Metric;

      /** The greatest output. */
      public final class Greatest implements Metric {
        @Override
        public String name() {
          return "greatest";
        }

        @Override
        public boolean takes(TargetKind kind) {
          return true;
        }

        @Override
        public Accumulator accumulator(TargetKind kind, int outputs, int images) {
          return new Accumulator() {
            private double greatest = Double.NEGATIVE_INFINITY;

            @Override
            public void add(float[] values, int from, float[] targets, int at) {
              for (int i = 0; i < outputs; i++) {
                greatest = Math.max(greatest, values[from + i]);
              }
            }

            @Override
            public double result() {
              return greatest;
            }

            @Override
            public double[] state() {
              return new double[] {greatest};
            }

            @Override
            public void restore(double[] state) {
              greatest = state.length == 0 ? Double.NEGATIVE_INFINITY : state[0];
            }
          };
        }
      }
      """;

  @TempDir private static Path folder;

  private static Path photos() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    StringBuilder labels = new StringBuilder("file,light\n");
    for (int i = 0; i < 10; i++) {
      BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 16 * 16; p++) {
        image.setRGB(p % 16, p / 16, 0x010101 * 25 * i);
      }
      ImageIO.write(image, "png", photos.resolve(i + ".png").toFile());
      labels.append(i).append(".png,").append(i / 10.0).append('\n');
    }
    Files.writeString(photos.resolve("labels.csv"), labels);
    return photos;
  }

  private static String run(Map<String, String> environment, int code, Object... args) {
    LaunchedProgram program = LaunchedProgram.run(folder, environment, args);
    assertThat(program.code()).as(program.output()).isEqualTo(code);
    return program.output();
  }

  @Test
  void trainAndComeBackWithTheModel() throws IOException {
    Path jar = folder.resolve("my.jar");
    String services = "META-INF/services/dev.lanewise.model.training.";
    UserJar.write(
        jar,
        Map.of(
            "my/MeanAbsolute.java",
            LOSS,
            "my/Greatest.java",
            METRIC,
            services + "Loss",
            "my.MeanAbsolute\n",
            services + "Metric",
            "my.Greatest\n"));
    Path photos = photos();
    Path model = folder.resolve("model.h5");
    Map<String, String> own = Map.of(OwnClasses.VARIABLE, jar.toString());
    List<Object> train = new ArrayList<>(List.of("train", "--network", "cifarresnet20"));
    train.addAll(List.of("--data", photos, "--input", "32x32", "--batch", "4", "--epochs", "1"));
    train.addAll(List.of("--loss", "mean_absolute", "--metrics", "greatest", "--save", model));
    assertThat(run(own, 0, train.toArray())).contains("greatest");
    assertThat(run(own, 0, "evaluate", "--model", model, "--data", photos, "--json"))
        .contains("\"greatest\": ");
    assertThat(run(own, 0, "train", "--resume", model, "--data", photos, "--epochs", "1"))
        .contains("Epoch 2/2");
    // Who trained with it has to say where it is.
    assertThat(run(Map.of(), 2, "train", "--resume", model, "--data", photos, "--epochs", "1"))
        .contains("mean_absolute")
        .contains("--class-path");
  }
}
