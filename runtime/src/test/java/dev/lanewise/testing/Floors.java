package dev.lanewise.testing;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The packages of a module on their floors: each may know those of lower floors only. */
public final class Floors {
  private static final String ROOT = "dev.lanewise.";

  private final List<Set<String>> floors;
  private final JavaClasses classes;

  /**
   * Reads a module's class files.
   *
   * @param module any class of its main code
   * @param floors names of packages without {@code dev.lanewise.}, the lowest floor first
   */
  public Floors(Class<?> module, List<Set<String>> floors) {
    this.floors = floors;
    URL main = module.getProtectionDomain().getCodeSource().getLocation();
    this.classes =
        new ClassFileImporter()
            .importUrl(main)
            .that(
                DescribedPredicate.describe(
                    "of this module's main code",
                    c ->
                        c.getPackageName().startsWith(ROOT)
                            && !c.getPackageName().endsWith("architecture")));
  }

  /** Returns the classes of the module's main code. */
  public JavaClasses classes() {
    return classes;
  }

  /** Checks that every package stands on a floor, and every floor's packages are there. */
  public void requireAllPackages() {
    Set<String> known = new TreeSet<>();
    floors.forEach(known::addAll);
    Set<String> found = new TreeSet<>();
    classes.forEach(c -> found.add(name(c)));
    assertThat(found).isEqualTo(known);
  }

  /** Checks that classes know those of their own package and of lower floors only. */
  public void requireArrowsDown() {
    Map<String, Integer> heights = new LinkedHashMap<>();
    for (int floor = 0; floor < floors.size(); floor++) {
      for (String name : floors.get(floor)) {
        heights.put(name, floor);
      }
    }
    Set<String> wrong = new TreeSet<>();
    for (JavaClass from : classes) {
      for (JavaClass to : neighbours(from)) {
        boolean same = name(from).equals(name(to));
        if (!same && heights.get(name(from)) <= heights.get(name(to))) {
          wrong.add(from.getName() + " knows " + to.getName());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Checks that no packages know each other in a circle. */
  public void requireNoCircles() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(classes);
  }

  /** Returns what a class knows of the module's main code. */
  public List<JavaClass> neighbours(JavaClass from) {
    List<JavaClass> targets = new ArrayList<>();
    for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      if (classes.contain(target.getName())) {
        targets.add(target);
      }
    }
    return targets;
  }

  /** Returns the package of a class, without {@code dev.lanewise.}. */
  public static String name(JavaClass c) {
    return c.getPackageName().substring(ROOT.length());
  }
}
