package dev.lanewise.cli;

import dev.lanewise.testing.UserJar;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run of the command line in a JVM of its own, as the launch scripts start it.
 *
 * @param code its exit code
 * @param output what it printed, errors included
 */
record LaunchedProgram(int code, String output) {
  /**
   * Runs it to its end.
   *
   * @param folder where it works, and where a file for its output is made
   * @param environment what its environment has besides that of the tests
   */
  static LaunchedProgram run(Path folder, Map<String, String> environment, Object... args) {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        builder(folder, args).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    try {
      return ended(builder.start(), log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Runs it to its end; {@link #output} is what it says on its standard error.
   *
   * @param out where its standard output goes
   */
  static LaunchedProgram runInto(Redirect out, Path folder, Object... args) {
    Path log = folder.resolve("log");
    ProcessBuilder builder = builder(folder, args).redirectOutput(out).redirectError(log.toFile());
    try {
      Process process = builder.start();
      // Of a pipe nobody reads.
      process.getInputStream().close();
      return ended(process, log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Starts it on the class path, to be watched and ended by the caller.
   *
   * @param output where what it prints is added, errors included
   */
  static Process start(Path output, List<String> args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String path =
        Stream.of(System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
            .filter(part -> part != null && !part.isEmpty())
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Xmx1g", "-cp", path));
    command.add(Main.class.getName());
    command.addAll(args);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(output.toFile()))
        .start();
  }

  private static LaunchedProgram ended(Process process, Path log) throws IOException {
    try {
      int code = process.waitFor();
      return new LaunchedProgram(code, Files.readString(log));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static ProcessBuilder builder(Path folder, Object... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    String modules = System.getProperty("jdk.module.path");
    if (modules == null) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
      command.addAll(List.of("-classpath", UserJar.classPath(), Main.class.getName()));
    } else {
      // No other module than those that ours require: a user's program may have no more.
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
      command.addAll(List.of("--module-path", modules));
      // What no module requires by name lies on the class path, as slf4j for the module of jHDF.
      command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
      command.addAll(List.of("--module", "dev.lanewise.cli/" + Main.class.getName()));
    }
    for (Object arg : args) {
      command.add(arg.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove(OwnClasses.VARIABLE);
    return builder;
  }
}
