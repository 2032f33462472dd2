package dev.lanewise.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.VMOption;
import dev.lanewise.kernel.Lanes;
import java.lang.Runtime.Version;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a training runs on, as far as its speed depends on it.
 *
 * @param version of Java
 * @param vendor who built it
 * @param jvm the virtual machine's name
 * @param compiler what makes machine code of the kernels
 * @param g1 whether G1 collects garbage
 * @param lanes floats of a vector
 * @param memory bytes of the machine; 0 where it does not tell
 * @param heap bytes that the heap may take
 */
record Machine(
    Version version,
    String vendor,
    String jvm,
    Compiler compiler,
    boolean g1,
    int lanes,
    long memory,
    long heap) {
  /** The first release whose G1 keeps large arrays where they are. */
  private static final Version LARGE_ARRAYS = Version.parse("25.0.3");

  private static final int FULL_TIER = 4;

  /** What makes machine code of bytecode. */
  enum Compiler {
    C2("compiled by C2"),
    C1("compiled by C1 alone"),
    GRAAL("compiled by Graal"),
    NONE("interpreted"),
    OTHER("compiled by another compiler than HotSpot's");

    private final String text;

    Compiler(String text) {
      this.text = text;
    }
  }

  /** Returns what this program runs on. */
  static Machine here() {
    return new Machine(
        Runtime.version(),
        System.getProperty("java.vendor", "an unknown vendor"),
        System.getProperty("java.vm.name", "an unknown virtual machine"),
        running(),
        isOn("UseG1GC"),
        Lanes.LANES,
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0,
        Runtime.getRuntime().maxMemory());
  }

  private static Compiler running() {
    String name = System.getProperty("java.vm.name", "");
    if (ManagementFactory.getCompilationMXBean() == null || name.contains("Zero")) {
      return Compiler.NONE;
    }
    if (isOn("UseJVMCICompiler") || name.contains("GraalVM")) {
      return Compiler.GRAAL;
    }
    Optional<String> tier = option("TieredStopAtLevel");
    if (tier.isEmpty() && !name.contains("HotSpot") && !name.contains("OpenJDK")) {
      return Compiler.OTHER;
    }
    boolean quick =
        option("CompilationMode").filter(mode -> mode.equals("quick-only")).isPresent()
            || tier.filter(level -> Integer.parseInt(level) < FULL_TIER).isPresent()
            || name.contains("Client");
    return quick ? Compiler.C1 : Compiler.C2;
  }

  private static boolean isOn(String option) {
    return option(option).filter("true"::equals).isPresent();
  }

  /** Returns a setting of HotSpot; empty where there is none of that name, or no HotSpot. */
  private static Optional<String> option(String name) {
    try {
      return Optional.ofNullable(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class))
          .map(bean -> bean.getVMOption(name))
          .map(VMOption::getValue);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the vectors and threads, for the user. */
  String computes(int threads) {
    return String.format(
        Locale.ROOT,
        "%d thread%s, vectors of %d bits (%d float lanes), %s",
        threads,
        threads == 1 ? "" : "s",
        lanes * Float.SIZE,
        lanes,
        System.getProperty("os.arch"));
  }

  /** Returns the virtual machine, for the user. */
  String java() {
    return version + " of " + vendor + ", " + compiler.text;
  }

  /** Returns what makes trainings slow here, a sentence each. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (compiler != Compiler.C2) {
      warnings.add(
          "the kernels require HotSpot's compiler C2, and on this virtual machine ("
              + jvm
              + ") they are "
              + compiler.text
              + ": training will be many times slower");
    }
    if (g1 && version.compareToIgnoreOptional(LARGE_ARRAYS) < 0) {
      warnings.add(
          "Lanewise requires Java "
              + LARGE_ARRAYS
              + " or later, got "
              + version
              + ", whose collector G1 moves large arrays (JDK-8377811)");
    }
    return warnings;
  }
}
