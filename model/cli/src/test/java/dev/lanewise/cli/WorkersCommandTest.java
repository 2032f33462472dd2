package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.train.Optimizer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Workers in processes of their own, started by hand. */
@Timeout(300)
class WorkersCommandTest {
  @TempDir private Path folder;
  private Path photos;

  @BeforeEach
  void drawPhotos() throws IOException {
    photos = folder.resolve("photos");
    SplittableRandom random = new SplittableRandom(1);
    for (String name : List.of("dark", "light")) {
      Path files = Files.createDirectories(photos.resolve(name));
      for (int i = 0; i < 25; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 32 * 32; p++) {
          int light = random.nextInt(128) + (name.equals("light") ? 100 : 0);
          image.setRGB(p % 32, p / 32, light << 16 | random.nextInt(256) << 8 | light);
        }
        ImageIO.write(image, "png", files.resolve(i + ".png").toFile());
      }
    }
  }

  private List<String> training(Path file, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--data=" + photos,
                "--network=cifarresnet20",
                "--input=32x32",
                "--threads=1",
                "--epochs=2",
                "--batch=8",
                "--shards=4",
                "--checkpoint-every=1steps",
                "--save=" + file));
    args.addAll(List.of(more));
    return args;
  }

  /** Returns addresses of this machine that are free. */
  private static String addresses(int workers) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      addresses.add("127.0.0.1:" + socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return String.join(",", addresses);
  }

  private static Map<String, Object> bits(Path file) {
    Map<String, Object> bits = new LinkedHashMap<>();
    try (Model model = Model.load(file, 1)) {
      for (Parameter parameter : model.network().parameters()) {
        bits.put(parameter.layer() + "/" + parameter.name(), parameter.values());
      }
      for (Optimizer.Slot slot : model.optimizer().slots()) {
        bits.put(slot.name(), slot.values());
      }
      for (EpochResult epoch : model.history().epochs()) {
        bits.put("epoch " + epoch.epoch(), epoch.figures().toString());
      }
    }
    return bits;
  }

  private static void assertSame(Path got, Path wanted) {
    Map<String, Object> bits = bits(wanted);
    bits(got).forEach((name, values) -> assertThat(values).as(name).isEqualTo(bits.get(name)));
  }

  @Test
  void aWorkerThatDiesCostsNoStep() throws Exception {
    Path alone = folder.resolve("alone.h5");
    assertThat(LaunchedProgram.start(folder.resolve("alone.txt"), training(alone)).waitFor())
        .isZero();

    Path secret = Files.writeString(folder.resolve("secret"), "none that anybody guesses");
    String workers = addresses(2);
    Path shared = folder.resolve("shared.h5");
    List<Process> processes = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      processes.add(
          LaunchedProgram.start(
              folder.resolve(rank + ".txt"),
              training(shared, "--workers=" + workers, "--rank=" + rank, "--secret=" + secret)));
    }
    while (processes.get(0).isAlive() && !Files.exists(shared)) {
      Thread.sleep(2);
    }
    processes.get(1).destroyForcibly().waitFor();
    assertThat(processes.get(0).waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("0.txt"))
        .content()
        .contains("lanewise train: worker 1 (" + workers.substring(workers.indexOf(',') + 1))
        .contains("; " + shared + " holds the training as it was ")
        .doesNotContain("\tat ");
    assertThat(processes.get(0).exitValue()).isEqualTo(2);

    assertThat(
            LaunchedProgram.start(folder.resolve("2.txt"), List.of("train", "--resume=" + shared))
                .waitFor())
        .isZero();
    assertSame(shared, alone);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--rank=1; --rank requires --workers",
        "--wire=bf16; --wire requires --workers",
        "--workers=a:1,b:2; --workers requires --rank: which of them this one is, from 0",
        "--workers=127.0.0.1:1,127.0.0.1:2 --rank=2; --rank requires a number from 0 to 1, got 2",
        "--workers=127.0.0.1,127.0.0.1:2 --rank=0; --workers requires addresses as in"
            + " 10.0.0.1:7070, got '127.0.0.1'",
        "--workers=127.0.0.1:70000 --rank=0; --workers requires ports from 1 to 65535, got"
            + " '127.0.0.1:70000'",
        "--workers=[::1]:5,[::1]:5 --rank=0; --workers requires an address of its own for each"
            + " worker, got [[::1]:5, [::1]:5]",
        "--workers=no.such.host.invalid:5 --rank=0; --workers names 'no.such.host.invalid', a host"
            + " that is not known",
        "--workers=127.0.0.1:5 --rank=0 --secret=missing; --secret cannot read missing:",
        "--shards=0; --shards requires at least 1 shard, got 0"
      })
  void mistakesAreTold(String args, String message) {
    StringWriter err = new StringWriter();
    CommandLine line = Main.newCommandLine();
    line.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("train", "--data=" + photos));
    all.addAll(List.of(args.split(" ")));
    assertThat(Mistakes.execute(line, all.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).startsWith("lanewise train: " + message);
  }
}
