package dev.lanewise.formats.io;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program of the tests' in a JVM of its own, which is killed when it is closed. */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private OtherProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static OtherProcess start(Class<?> program, String... args) throws Exception {
    Path tests =
        Path.of(OtherProcess.class.getResource("OtherProcess.class").toURI())
            .resolve("../../../../..")
            .normalize();
    // The tests run on the module path or on the class path.
    String path =
        Stream.of(
                tests.toString(),
                tests.resolveSibling("classes").toString(),
                System.getProperty("jdk.module.path"),
                System.getProperty("java.class.path"))
            .filter(part -> part != null && !part.isEmpty())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", path, program.getName()));
    command.addAll(List.of(args));
    return new OtherProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Waits for the next line that it prints; null where it has ended. */
  String line() throws IOException {
    return output.readLine();
  }

  long pid() {
    return process.pid();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends it as a power cut would. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
