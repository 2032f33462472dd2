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
      in = stage(stage, in);
    }
  }

  /** Checks the blocks of a stage, and returns what it puts out. */
  private int stage(ReadStage stage, int channels) {
    StageSpec spec = stage.spec();
    boolean growing = spec.block().units().stream().anyMatch(UnitSpec::widens);
    int in = channels;
    for (int i = 0; i < spec.repeat(); i++) {
      int out = out(spec, in);
      // All but the first and the last are alike, unless channels follow from the input.
      if (growing || i < 2 || i == spec.repeat() - 1) {
        block(stage, i, in, out);
      }
      in = out;
    }
    return in;
  }

  /** Returns what a block puts out; where that follows from unknown channels, it is unknown. */
  private static int out(StageSpec spec, int in) {
    if (in == UNKNOWN && spec.block().concatenates()) {
      return UNKNOWN;
    }
    if (in == UNKNOWN && spec.block().units().stream().anyMatch(UnitSpec::widens)) {
      UnitSpec last = spec.block().last();
      return last.widens() ? UNKNOWN : last.filters(spec.numbers(), 1, 1);
    }
    return spec.block().out(in, spec.numbers());
  }

  private void block(ReadStage stage, int index, int in, int out) {
    StageSpec spec = stage.spec();
    BlockSpec block = spec.block();
    int stride = spec.strideOf(index);
    if (block.shortcut() == Shortcut.NONE) {
      return;
    }
    if (block.shortcut() == Shortcut.IDENTITY_IF_SHAPE_STAYS) {
      if (in != UNKNOWN && block.adds(in, out, stride)) {
        sizes.check(stage, stride, false);
      }
      return;
    }
    if (block.shortcut() == Shortcut.IDENTITY || block.concatenates()) {
      if (stride > 1) {
        problems.report(
            stage.annotation().at("stride"),
            "stride of stage '" + spec.name() + "'",
            "1, as the shortcut of " + block.type().name() + " is the block's input",
            stride);
        return;
      }
      if (in != UNKNOWN && in != out && !block.concatenates()) {
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
      projection(stage, spec.nameOf(index), in, out);
    }
    sizes.check(stage, stride, projects);
  }

  /** Checks that the projection has as many channels as what it is added to. */
  private void projection(ReadStage stage, String name, int in, int out) {
    UnitSpec last = stage.spec().block().last();
    UnitSpec projection = stage.spec().block().projection();
    int projected = projection.filters(stage.spec().numbers(), in, in);
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
