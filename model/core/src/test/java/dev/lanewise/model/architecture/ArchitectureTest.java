package dev.lanewise.model.architecture;

import dev.lanewise.model.Model;
import dev.lanewise.testing.Floors;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules between the packages of this module, read from its class files. */
class ArchitectureTest {
  private static final Floors FLOORS =
      new Floors(
          Model.class,
          List.of(
              Set.of("model.error", "model.random", "model.text", "model.service"),
              Set.of("model.augment"),
              Set.of("model.data", "model.plot"),
              Set.of("model.training", "model.network"),
              Set.of("model.run", "model.weights", "model.report"),
              Set.of("model")));

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
}
