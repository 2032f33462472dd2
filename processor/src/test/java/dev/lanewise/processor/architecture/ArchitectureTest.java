package dev.lanewise.processor.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.lanewise.processor.LanewiseProcessor;
import dev.lanewise.testing.Floors;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules between the packages of this module, read from its class files. */
class ArchitectureTest {
  /** Reader and plan share the checked spec, and nothing else. */
  private static final Floors FLOORS =
      new Floors(
          LanewiseProcessor.class,
          List.of(
              Set.of("processor.spec"),
              Set.of("processor.reader", "processor.plan"),
              Set.of("processor.writer"),
              Set.of("processor")));

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
  void writerTakesNothingFromTheReader() {
    noClasses()
        .that()
        .resideInAPackage("dev.lanewise.processor.writer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.lanewise.processor.reader")
        .check(FLOORS.classes());
  }

  /**
   * The code that it writes names the others, which only have to be there when that is compiled.
   */
  @Test
  void knowsOfTheRuntimeOnlyAnnotationsAndShapes() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.lanewise..")
                .and(not(resideInAPackage("dev.lanewise.processor..")))
                .and(not(resideInAnyPackage("dev.lanewise.spec", "dev.lanewise.tensor"))))
        .check(FLOORS.classes());
  }
}
