package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockSpec;
import dev.lanewise.processor.spec.StageSpec;
import dev.lanewise.processor.spec.StemSpec;
import dev.lanewise.processor.spec.UnitSpec;
import java.util.List;

/** Checks that the parameters of a network fit into one array. */
final class ParameterCheck {
  private final Problems problems;
  private long total;

  ParameterCheck(Problems problems) {
    this.problems = problems;
  }

  /**
   * Counts unit by unit, and reports the first that is too much.
   *
   * @param channels channels of the images
   * @param stem the stem
   * @param stemUnits where its units stand
   * @param stages the stages
   */
  void check(int channels, StemSpec stem, List<Annotation> stemUnits, List<ReadStage> stages) {
    int in = channels;
    for (int i = 0; i < stemUnits.size(); i++) {
      UnitSpec unit = stem.units().get(i);
      if (!add(unit, in, unit.filters(), "", stemUnits.get(i).at("filters"))) {
        return;
      }
      in = unit.filters();
    }
    for (ReadStage stage : stages) {
      for (int i = 0; i < stage.spec().repeat(); i++) {
        if (!block(stage, i, in)) {
          return;
        }
        in = stage.spec().block().last().filters(stage.spec().filters());
      }
    }
  }

  private boolean block(ReadStage stage, int index, int channels) {
    StageSpec spec = stage.spec();
    BlockSpec block = spec.block();
    int in = channels;
    for (int i = 0; i < block.units().size(); i++) {
      if (!add(stage, index, block.units().get(i), stage.block().units().get(i), in)) {
        return false;
      }
      in = block.units().get(i).filters(spec.filters());
    }
    int out = block.last().filters(spec.filters());
    return !block.projects(channels, out, spec.strideOf(index))
        || add(stage, index, block.projection(), stage.block().projection(), channels);
  }

  private boolean add(ReadStage stage, int index, UnitSpec unit, Annotation at, int in) {
    StageSpec spec = stage.spec();
    Place place =
        unit.filtersAt() >= 0
            ? stage.annotation().at("filters", unit.filtersAt())
            : stage.block().inSource() ? at.at("filters") : stage.annotation().at("block");
    String of = " of block " + spec.nameOf(index);
    return add(unit, in, unit.filters(spec.filters()), of, place);
  }

  private boolean add(UnitSpec unit, int in, int out, String of, Place place) {
    int kh = unit.window().kh();
    int kw = unit.window().kw();
    // In steps, as the product of four extents can exceed a long.
    long taps = (long) kh * kw * in;
    boolean fits = taps <= Limits.PARAMETERS && taps * out <= Limits.PARAMETERS;
    if (fits) {
      total += taps * out + (unit.bias() ? out : 0) + (unit.normalized() ? 4L * out : 0);
      fits = total <= Limits.PARAMETERS;
      if (!fits) {
        problems.report(
            place,
            "parameters of the network up to unit '" + unit.name() + "'" + of,
            "at most " + Limits.PARAMETERS + ", as one array holds them",
            total);
      }
      return fits;
    }
    problems.report(
        place,
        "kernel of unit '" + unit.name() + "'" + of,
        "at most " + Limits.PARAMETERS + " weights, as one array holds them",
        kh + " x " + kw + " x " + in + " x " + out);
    return false;
  }
}
