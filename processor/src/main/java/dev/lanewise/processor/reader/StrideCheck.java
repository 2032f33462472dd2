package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockSpec;
import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.spec.Shortcut;
import java.util.List;

/**
 * Checks that a block's units and its shortcut take the same steps, whatever the block's stride.
 */
final class StrideCheck {
  private final Problems problems;

  StrideCheck(Problems problems) {
    this.problems = problems;
  }

  /**
   * Checks a block.
   *
   * @param spec the block
   * @param name how messages call it
   * @param units where its units stand
   * @param block where it is declared
   */
  void check(BlockSpec spec, String name, List<Annotation> units, Annotation block) {
    if (spec.shortcut() == Shortcut.IDENTITY || spec.concatenates()) {
      identity(spec, name, units);
    } else if (spec.projection() != null && once(spec, units)) {
      projection(spec, block);
    }
  }

  private void identity(BlockSpec spec, String name, List<Annotation> units) {
    for (int i = 0; i < units.size(); i++) {
      UnitSpec unit = spec.units().get(i);
      if (unit.window().sh() != 1 || unit.window().sw() != 1) {
        problems.report(
            units.get(i).at("stride"),
            "stride of unit '" + unit.name() + "'",
            "1, as the shortcut of " + name + " is the block's input",
            text(List.of(unit)));
      }
    }
  }

  /** Returns whether at most one unit takes the block's stride. */
  private boolean once(BlockSpec spec, List<Annotation> units) {
    boolean taken = false;
    for (int i = 0; i < units.size(); i++) {
      UnitSpec unit = spec.units().get(i);
      if (unit.strideOfBlock() && taken) {
        problems.report(
            units.get(i).at("stride"),
            "stride of unit '" + unit.name() + "'",
            "Stride.OF_BLOCK in one unit only, as the projection has one stride",
            "Stride.OF_BLOCK again");
        return false;
      }
      taken |= unit.strideOfBlock();
    }
    return true;
  }

  private void projection(BlockSpec spec, Annotation block) {
    Annotation projection = block.annotation("projection");
    if (!spec.projectionPool().isEmpty()) {
      pooled(spec, block, projection);
      return;
    }
    String required = text(spec.units());
    String got = text(List.of(spec.projection()));
    if (!required.equals(got)) {
      boolean given = projection.given("stride");
      problems.report(
          projection.at(given ? "stride" : "kernel"),
          "stride of unit '" + spec.projection().name() + "'",
          required + ", which the units of the block have together",
          given ? got : got + "; did you mean stride = " + required + "?");
    }
  }

  /** The pooling in front of the projection takes the block's stride, and so all strides. */
  private void pooled(BlockSpec spec, Annotation block, Annotation projection) {
    String required = "Stride.OF_BLOCK";
    String units = text(spec.units());
    if (!units.equals(required)) {
      problems.report(
          block.at("projectionPool"),
          "projectionPool '" + spec.projectionPool() + "'",
          required + " of the units of the block together, as it takes the block's stride",
          units);
    }
    String own = text(List.of(spec.projection()));
    if (!own.equals("1")) {
      problems.report(
          projection.at("stride"),
          "stride of unit '" + spec.projection().name() + "'",
          "1, as the projectionPool takes the block's stride",
          own);
    }
  }

  /** Returns the stride of units in a row. */
  private static String text(List<UnitSpec> units) {
    int sh = 1;
    int sw = 1;
    boolean ofBlock = false;
    for (UnitSpec unit : units) {
      sh *= unit.window().sh();
      sw *= unit.window().sw();
      ofBlock |= unit.strideOfBlock();
    }
    String fixed = sh == sw ? String.valueOf(sh) : "{" + sh + ", " + sw + "}";
    if (!ofBlock) {
      return fixed;
    }
    return sh == 1 && sw == 1 ? "Stride.OF_BLOCK" : "Stride.OF_BLOCK times " + fixed;
  }
}
