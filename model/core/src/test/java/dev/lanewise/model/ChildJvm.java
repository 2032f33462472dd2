package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a program of a user's in a JVM of its own, with everything on the class path. */
final class ChildJvm {
  private ChildJvm() {}

  /** What a program printed, both streams together, and its exit code. */
  record Result(int exitCode, String output) {}

  static Result run(Class<?> program, List<String> flags, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(program), program.getName()));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.contains("Using incubator modules"))
            .collect(Collectors.joining("\n"));
    return new Result(process.waitFor(), output);
  }

  /** The tests run on the module path or on the class path. */
  private static String classPath(Class<?> program) throws Exception {
    Path tests =
        Path.of(ChildJvm.class.getResource("ChildJvm.class").toURI())
            .resolve("../../../..")
            .normalize();
    String path =
        Stream.of(System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
            .filter(part -> part != null && !part.isEmpty())
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(tests.resolve(program.getName().replace('.', '/') + ".class")).exists();
    return tests + File.pathSeparator + path;
  }
}
