package dev.lanewise.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lanewise.kernel.Scratch;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules between the packages and classes of this module, read from its class files. */
class ArchitectureTest {
  private static final String ROOT = "dev.lanewise.";

  /**
   * The floors from the lowest up: a package may know those of lower floors only. {@code spec}, the
   * words in which networks are declared, knows nothing and stands below all.
   */
  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of("spec"),
          Set.of("tensor", "parallel"),
          Set.of("kernel", "reference"),
          Set.of("kernel.gemm", "kernel.norm", "kernel.pool", "kernel.update"),
          Set.of("kernel.winograd"),
          Set.of("kernel.conv"),
          Set.of("train"),
          Set.of("layer"),
          Set.of("network"));

  /**
   * Most classes of a package of kernels that may all know each other, directly or by others: a
   * sealed type with its kinds.
   */
  private static final int KNOT = 5;

  private static final JavaClasses CLASSES = classes();

  private static JavaClasses classes() {
    URL main = Scratch.class.getProtectionDomain().getCodeSource().getLocation();
    return new ClassFileImporter().importUrl(main).that(isMain());
  }

  private static DescribedPredicate<JavaClass> isMain() {
    return DescribedPredicate.describe(
        "of this module's main code",
        c -> c.getPackageName().startsWith(ROOT) && !c.getPackageName().endsWith("architecture"));
  }

  @Test
  void everyPackageHasItsFloor() {
    Set<String> known = new TreeSet<>();
    FLOORS.forEach(known::addAll);
    Set<String> found = new TreeSet<>();
    CLASSES.forEach(c -> found.add(name(c)));
    assertThat(found).isEqualTo(known);
  }

  @Test
  void everyArrowGoesDown() {
    Map<String, Integer> floors = new LinkedHashMap<>();
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      for (String name : FLOORS.get(floor)) {
        floors.put(name, floor);
      }
    }
    Set<String> wrong = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      for (JavaClass to : neighbours(from)) {
        boolean same = name(from).equals(name(to));
        if (!same && floors.get(name(from)) <= floors.get(name(to))) {
          wrong.add(from.getName() + " knows " + to.getName());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void packagesHaveNoCircles() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyKernelsUseVectors() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void fewKernelsOfAPackageKnowEachOther() {
    Map<String, Set<String>> edges = new TreeMap<>();
    for (JavaClass from : CLASSES) {
      for (JavaClass to : neighbours(from)) {
        if (name(from).startsWith("kernel") && name(from).equals(name(to))) {
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

  /** What a class knows of this module's main code. */
  private static List<JavaClass> neighbours(JavaClass from) {
    List<JavaClass> targets = new ArrayList<>();
    for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      if (CLASSES.contain(target.getName())) {
        targets.add(target);
      }
    }
    return targets;
  }

  private static String name(JavaClass c) {
    return c.getPackageName().substring(ROOT.length());
  }

  private static String outermost(JavaClass c) {
    String name = c.getName();
    int inner = name.indexOf('$');
    return inner < 0 ? name : name.substring(0, inner);
  }
}
