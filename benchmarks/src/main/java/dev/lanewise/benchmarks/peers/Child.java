package dev.lanewise.benchmarks.peers;

import dev.lanewise.benchmarks.Jvm;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A contender's process, as the parent sees it; {@link ChildMain} is the other end. */
final class Child implements AutoCloseable {
  /** Lanewise's flags harm no peer; the others let the peers load native libraries in silence. */
  private static final List<String> FLAGS =
      Stream.concat(
              Stream.of(
                  Jvm.VECTOR,
                  Jvm.G1,
                  Jvm.REGION,
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow"),
              Jvm.HEAP.stream())
          .toList();

  private static final List<String> THREADS =
      List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS");

  /** Threads of Intel's OpenMP sleep at once; those of GNU's do after some milliseconds. */
  private static final String BLOCK_TIME = "KMP_BLOCKTIME";

  /** What holds OpenBLAS to another processor's code than this one's. */
  private static final List<String> UNWANTED = List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE");

  private final Entry entry;
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;
  private final Path log;
  private final String about;

  /**
   * Starts a contender.
   *
   * @param peers the folder of the peers' builds
   */
  Child(Entry entry, Path peers, int threads) {
    this.entry = entry;
    try {
      log = Files.createTempFile("lanewise-peers-" + entry.id() + "-", ".log");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(FLAGS);
      command.add("-cp");
      command.add(classPath(peers));
      command.add(ChildMain.class.getName());
      command.add(entry.contender());
      command.add(entry.variant().isEmpty() ? ChildMain.USUAL : entry.variant());
      command.add(Integer.toString(threads));
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
      for (String variable : THREADS) {
        builder.environment().put(variable, Integer.toString(threads));
      }
      builder.environment().put(BLOCK_TIME, "0");
      UNWANTED.forEach(builder.environment()::remove);
      builder.environment().putAll(entry.environment());
      process = builder.start();
    } catch (IOException e) {
      throw new PeersException("cannot start " + entry.label() + ": " + e.getMessage(), e);
    }
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    about = answer("its start");
  }

  private String classPath(Path peers) throws IOException {
    String own = System.getProperty("java.class.path");
    if (entry.module() == null) {
      return own;
    }
    Path target = peers.resolve(entry.module()).resolve("target");
    Path list = target.resolve("classpath.txt");
    if (!Files.isReadable(list)) {
      throw new PeersException(
          entry.label()
              + " is not built: there is no "
              + list
              + "; build it with mvn -Ppeers -DskipTests package");
    }
    // The peer's own libraries come before those that the benchmarks hold.
    return String.join(
        File.pathSeparator, target.resolve("classes").toString(), Files.readString(list), own);
  }

  /** Returns the contender's versions and settings. */
  String about() {
    return about;
  }

  Entry entry() {
    return entry;
  }

  boolean does(Work work) {
    return ask("does " + work.id()).equals("yes");
  }

  void prepare(Work work) {
    ask("prepare " + work.id());
  }

  /** Repeats the work for some seconds, and returns how often. */
  int warm(double seconds) {
    return Integer.parseInt(ask("warm " + seconds));
  }

  /** Returns nanoseconds of each repetition. */
  long[] run(int repetitions) {
    return Arrays.stream(ask("run " + repetitions).split(" ")).mapToLong(Long::parseLong).toArray();
  }

  void drop() {
    ask("drop");
  }

  /** Returns the peak resident memory in bytes; 0 where the system doesn't say. */
  long peakMemory() {
    return Long.parseLong(ask("memory"));
  }

  /** Returns the processor time that the process has taken so far. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private String ask(String command) {
    try {
      commands.write(command);
      commands.newLine();
      commands.flush();
    } catch (IOException e) {
      throw ended(command);
    }
    return answer(command);
  }

  private String answer(String command) {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(ChildMain.OK)) {
          return line.substring(ChildMain.OK.length()).strip();
        }
        if (line.startsWith(ChildMain.FAILED)) {
          throw new PeersException(
              entry.label()
                  + " failed at "
                  + command
                  + ": "
                  + line.substring(ChildMain.FAILED.length()).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw ended(command);
  }

  private PeersException ended(String command) {
    return new PeersException(
        entry.label() + " ended at " + command + "; what it printed stands in " + log);
  }

  /** Ends the process. */
  @Override
  public void close() {
    try {
      // The end of its input is the end of the process.
      commands.close();
      process.waitFor();
      Files.deleteIfExists(log);
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
