package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockSpec;
import dev.lanewise.processor.spec.StageSpec;
import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.spec.Shortcut;
import java.util.List;

/** Checks, block by block, that what a join adds has one shape. */
final class JoinCheck {
  /** Channels that a mistake further up leaves unknown. */
  static final int UNKNOWN = -1;

  private final Problems problems;
  private final SizeCheck sizes;

  JoinCheck(Problems problems) {
    this.problems = problems;
    this.sizes = new SizeCheck(problems);
  }

  /**
   * Checks all joins of a network.
   *
   * @param channels what the stem puts out
   * @param stages the stages; null for one with mistakes of its own
   */
  void check(int channels, List<ReadStage> stages) {
    int in = channels;
    for (ReadStage stage : stages) {
      if (stage == null) {
        in = UNKNOWN;
        continue;
      }
      StageSpec spec = stage.spec();
      int out = spec.block().last().filters(spec.filters());
      block(stage, 0, in, out);
      if (spec.repeat() > 1) {
        block(stage, 1, out, out);
      }
      if (spec.repeat() > 2) {
        // All between are alike; the last may have the stride.
        block(stage, spec.repeat() - 1, out, out);
      }
      in = out;
    }
  }

  private void block(ReadStage stage, int index, int in, int out) {
    StageSpec spec = stage.spec();
    BlockSpec block = spec.block();
    int stride = spec.strideOf(index);
    if (block.shortcut() == Shortcut.NONE) {
      return;
    }
    if (block.shortcut() == Shortcut.IDENTITY) {
      if (stride > 1) {
        problems.report(
            stage.annotation().at("stride"),
            "stride of stage '" + spec.name() + "'",
            "1, as the shortcut of " + block.type().name() + " is the block's input",
            stride);
        return;
      }
      if (in != UNKNOWN && in != out) {
        String name = spec.nameOf(index);
        problems.report(
            filters(stage, block.last()),
            "channels of unit '" + block.last().name() + "' in block " + name,
            in + ", to which the shortcut's identity adds the block's input",
            out + "; did you mean Shortcut.PROJECTION_IF_SHAPE_CHANGES?");
      }
    } else if (in == UNKNOWN && block.shortcut() != Shortcut.PROJECTION) {
      return;
    }
    boolean projects = block.projects(in, out, stride);
    if (projects) {
      projection(stage, spec.nameOf(index), out);
    }
    sizes.check(stage, stride, projects);
  }

  /** Checks that the projection has as many channels as what it is added to. */
  private void projection(ReadStage stage, String name, int out) {
    UnitSpec last = stage.spec().block().last();
    UnitSpec projection = stage.spec().block().projection();
    int projected = projection.filters(stage.spec().filters());
    if (projected == out) {
      return;
    }
    if (projection.filtersAt() < 0) {
      // The projection's number stands in the block, so this stage can only change the other.
      problems.report(
          filters(stage, last),
          "channels of unit '" + last.name() + "' in block " + name,
          projected + ", to which the projection in unit '" + projection.name() + "' is fixed",
          out);
    } else {
      problems.report(
          filters(stage, projection),
          "channels of unit '" + projection.name() + "' in block " + name,
          out + ", to which the projection is added in unit '" + last.name() + "'",
          projected);
    }
  }

  /** Returns where a stage decides the channels of a unit. */
  private static Place filters(ReadStage stage, UnitSpec unit) {
    return unit.filtersAt() < 0
        ? stage.annotation().at("block")
        : stage.annotation().at("filters", unit.filtersAt());
  }
}
