package dev.lanewise.cli;

import dev.lanewise.testing.UserJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    try {
      Path log = folder.resolve("log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().remove(OwnClasses.VARIABLE);
      builder.environment().putAll(environment);
      Process process =
          builder
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int code = process.waitFor();
      return new LaunchedProgram(code, Files.readString(log));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
