package dev.lanewise.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars as users make them: sources compiled by javac with what the tests themselves run on. */
public final class UserJar {
  private UserJar() {}

  /** Returns what this JVM runs on, as a class path. */
  public static String classPath() {
    List<String> paths = new ArrayList<>();
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      String path = System.getProperty(property, "");
      if (!path.isEmpty()) {
        paths.add(path);
      }
    }
    return String.join(File.pathSeparator, paths);
  }

  /**
   * Compiles sources, with the annotation processors of this JVM's own class path, into a jar.
   *
   * @param jar the file to write; its folder is used for what lies between
   * @param files texts by path below the root: sources, and what goes into the jar as it is
   */
  public static void write(Path jar, Map<String, String> files) {
    try {
      Path work = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "compile");
      Path classes = Files.createDirectory(work.resolve("classes"));
      List<String> sources = new ArrayList<>();
      for (Map.Entry<String, String> file : files.entrySet()) {
        boolean source = file.getKey().endsWith(".java");
        Path path = (source ? work : classes).resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
        if (source) {
          sources.add(path.toString());
        }
      }
      if (!sources.isEmpty()) {
        compile(sources, classes, work.resolve("log"));
      }
      pack(classes, jar);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void compile(List<String> sources, Path classes, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(List.of("-d", classes.toString()));
    command.addAll(List.of("-classpath", classPath(), "-processorpath", classPath()));
    command.addAll(sources);
    Process javac =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int code = javac.waitFor();
    assertThat(code).as(Files.readString(log)).isZero();
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(
            new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }
}
