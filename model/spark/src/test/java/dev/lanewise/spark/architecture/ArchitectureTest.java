package dev.lanewise.spark.architecture;

import dev.lanewise.spark.SparkTrain;
import dev.lanewise.testing.Floors;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of this module, read from its class files. */
class ArchitectureTest {
  private static final Floors FLOORS =
      new Floors(
          SparkTrain.class,
          List.of(Set.of("spark.data"), Set.of("spark.run"), Set.of("spark.ml", "spark")));

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
