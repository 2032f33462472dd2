package dev.lanewise.formats.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.network.HeadActivation;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.testing.Floors;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules between the packages of this module, read from its class files. */
class ArchitectureTest {
  private static final Floors FLOORS =
      new Floors(
          ModelFiles.class,
          List.of(
              Set.of("formats.saved"),
              Set.of("formats.io"),
              Set.of("formats.hdf5"),
              Set.of("formats.torch"),
              Set.of("formats.keras", "formats.onnx", "formats.safetensors"),
              Set.of("formats")));

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
  void knowsOfNetworksOnlyTheDescriptionOfTheirLayers() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.lanewise..")
                .and(not(resideInAPackage("dev.lanewise.formats..")))
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.lanewise.onnx", "dev.lanewise.spec", "dev.lanewise.tensor")))
                .and(not(belongToAnyOf(LayerInfo.class, LayerConfig.class, HeadActivation.class))))
        .check(FLOORS.classes());
  }
}
