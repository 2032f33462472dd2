package dev.lanewise.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.testing.Floors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules between the packages and classes of this module, read from its class files. */
class ArchitectureTest {
  private static final String ROOT = "dev.lanewise.";

  /** {@code spec}, the words in which networks are declared, knows nothing and stands below all. */
  private static final Floors FLOORS =
      new Floors(
          Scratch.class,
          List.of(
              Set.of("spec"),
              Set.of("tensor", "parallel"),
              Set.of("kernel", "reference"),
              Set.of("kernel.gemm", "kernel.norm", "kernel.pool", "kernel.update"),
              Set.of("kernel.winograd", "kernel.grouped", "kernel.gate"),
              Set.of("kernel.conv"),
              Set.of("train", "exchange"),
              Set.of("layer"),
              Set.of("network")));

  /**
   * Most classes of a package of kernels that may all know each other, directly or by others: a
   * sealed type with its kinds.
   */
  private static final int KNOT = 5;

  @Test
  void everyPackageHasItsFloor() {
    FLOORS.requireAllPackages();
  }

  @Test
  void everyArrowGoesDown() {
    FLOORS.requireArrowsDown();
  }

  @Test
  void packagesHaveNoCircles() {
    FLOORS.requireNoCircles();
  }

  @Test
  void onlyKernelsUseVectors() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(FLOORS.classes());
  }

  /** The order in which it adds is open, and changes when C2 compiles it. */
  @Test
  void noSumHasAnOpenOrder() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "adds lanes in any order", call -> call.getName().equals("reduceLanes")))
        .check(FLOORS.classes());
  }

  @Test
  void fewKernelsOfAPackageKnowEachOther() {
    Map<String, Set<String>> edges = new TreeMap<>();
    for (JavaClass from : FLOORS.classes()) {
      for (JavaClass to : FLOORS.neighbours(from)) {
        if (Floors.name(from).startsWith("kernel") && Floors.name(from).equals(Floors.name(to))) {
          edges.computeIfAbsent(outermost(from), c -> new TreeSet<>()).add(outermost(to));
        }
      }
    }
    assertThat(Knots.of(edges)).allSatisfy(knot -> assertThat(knot).hasSizeLessThanOrEqualTo(KNOT));
  }

  @Test
  void findsKnots() {
    Map<String, Set<String>> edges =
        Map.of(
            "a",
            Set.of("b"),
            "b",
            Set.of("c", "d"),
            "c",
            Set.of("a"),
            "d",
            Set.of("e"),
            "e",
            Set.of("e"));
    assertThat(Knots.of(edges)).containsExactly(Set.of("a", "b", "c"));
  }

  private static String outermost(JavaClass c) {
    String name = c.getName();
    int inner = name.indexOf('$');
    return inner < 0 ? name : name.substring(0, inner);
  }
}
