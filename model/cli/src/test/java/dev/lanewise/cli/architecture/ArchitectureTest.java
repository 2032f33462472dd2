package dev.lanewise.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.lanewise.cli.Main;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.testing.Floors;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of this module, read from its class files. */
class ArchitectureTest {
  private static final Floors FLOORS =
      new Floors(Main.class, List.of(Set.of("cli.serve"), Set.of("cli")));

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

  /** Of what computes it tells the width of its vectors, and no more. */
  @Test
  void computesNothingItself() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "dev.lanewise.kernel..",
                    "dev.lanewise.reference..",
                    "dev.lanewise.parallel..",
                    "jdk.incubator..")
                .and(not(equivalentTo(Lanes.class))))
        .check(FLOORS.classes());
  }
}
