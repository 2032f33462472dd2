package dev.lanewise.benchmarks.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What is measured on, in words. */
final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";
  private static final long SECONDS = 5;

  private Machine() {}

  /** Returns processor, system and Java. */
  static String text() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return "%s, %d processors, %s, Java %s"
        .formatted(
            processor(), Runtime.getRuntime().availableProcessors(), system, Runtime.version());
  }

  /** The processor's model where the system tells it. */
  private static String processor() {
    String model = "";
    try {
      if (Files.isReadable(CPU_INFO)) {
        model = fromCpuInfo();
      } else if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")) {
        model = answer("sysctl", "-n", "machdep.cpu.brand_string");
      } else {
        model = System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", "");
      }
    } catch (IOException e) {
      // Then it stays unknown.
    }
    return model.isBlank() ? "unknown processor" : model.strip();
  }

  private static String fromCpuInfo() throws IOException {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1))
          .findFirst()
          .orElse("");
    }
  }

  private static String answer(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      process.waitFor(SECONDS, TimeUnit.SECONDS);
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } finally {
      process.destroy();
    }
  }
}
