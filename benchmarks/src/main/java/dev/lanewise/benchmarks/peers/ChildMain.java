package dev.lanewise.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;

/**
 * A contender's process. Reads commands from its standard input, one a line, and answers each with
 * one line that starts with {@value #OK} and what was asked for, or {@value #FAILED} and why.
 * Between commands it waits for input and uses no processor.
 *
 * <ul>
 *   <li>{@code does ID}: yes or no
 *   <li>{@code prepare ID}: sets up and checks a work, which takes the place of the last one
 *   <li>{@code run N}: nanoseconds of each of N repetitions
 *   <li>{@code warm S}: repeats for S seconds; returns how often
 *   <li>{@code drop}: closes the work
 *   <li>{@code memory}: the process's peak resident memory in bytes; 0 where the system doesn't say
 * </ul>
 */
public final class ChildMain {
  /** Start of an answer, to tell it from what libraries print. */
  static final String OK = "@peers ok ";

  /** Start of the answer to what could not be done. */
  static final String FAILED = "@peers failed ";

  /** The variant's name where there is nothing to choose: Windows loses empty arguments. */
  static final String USUAL = "usual";

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final int KIB = 1024;

  private final Contender contender;
  private Task task;

  private ChildMain(Contender contender) {
    this.contender = contender;
  }

  /**
   * Serves until its input ends.
   *
   * @param args the contender's class, its variant , threads
   */
  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    Contender contender =
        Class.forName(args[0]).asSubclass(Contender.class).getDeclaredConstructor().newInstance();
    String about = contender.start(Integer.parseInt(args[2]), args[1].equals(USUAL) ? "" : args[1]);
    answers.println(OK + oneLine(about));
    ChildMain child = new ChildMain(contender);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      answers.println(child.answer(line));
    }
    // Libraries may have left threads that would keep the process alive.
    System.exit(0);
  }

  private String answer(String line) {
    String[] words = line.split(" ");
    try {
      return OK + execute(words[0], words.length > 1 ? words[1] : "");
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      String why = e instanceof CheckFailedException ? e.getMessage() : e.toString();
      if (!(e instanceof CheckFailedException)) {
        e.printStackTrace();
      }
      return FAILED + oneLine(why);
    }
  }

  private String execute(String command, String argument) {
    return switch (command) {
      case "does" -> contender.does(Work.parse(argument)) ? "yes" : "no";
      case "prepare" -> {
        drop();
        task = contender.prepare(Work.parse(argument));
        yield "";
      }
      case "run" -> times(Integer.parseInt(argument));
      case "warm" -> Integer.toString(warm(Double.parseDouble(argument)));
      case "drop" -> {
        drop();
        yield "";
      }
      case "memory" -> Long.toString(peakMemory());
      default -> throw new IllegalArgumentException("unknown command '" + command + "'");
    };
  }

  private void drop() {
    if (task != null) {
      task.close();
      task = null;
      System.gc();
    }
  }

  private Task prepared() {
    if (task == null) {
      throw new CheckFailedException("nothing is prepared");
    }
    return task;
  }

  private String times(int repetitions) {
    Task work = prepared();
    StringJoiner times = new StringJoiner(" ");
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      work.run();
      times.add(Long.toString(System.nanoTime() - start));
    }
    return times.toString();
  }

  private int warm(double seconds) {
    Task work = prepared();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    int done = 0;
    do {
      work.run();
      done++;
    } while (System.nanoTime() < end);
    return done;
  }

  private static long peakMemory() {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(PEAK)) {
          return KIB * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
