package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockSpec;
import dev.lanewise.processor.spec.StageSpec;
import dev.lanewise.processor.spec.StemSpec;
import dev.lanewise.processor.spec.TailSpec;
import dev.lanewise.processor.spec.UnitSpec;
import java.util.List;

/** Checks that the parameters of a network fit into one array. */
final class ParameterCheck {
  private final Problems problems;
  private long total;

  /** Channels of what has been counted last. */
  private int channels;

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
      int out = unit.filters(List.of(), channels, in);
      if (!add(unit, channels, in, out, "", stemUnits.get(i).at("filters"))) {
        return;
      }
      in = out;
    }
    for (ReadStage stage : stages) {
      for (int i = 0; i < stage.spec().repeat(); i++) {
        if (!block(stage, i, in)) {
          return;
        }
        in = stage.spec().block().out(in, stage.spec().filters());
      }
    }
    this.channels = in;
  }

  /** Goes on with the units of a tail. */
  void tail(TailSpec tail, List<Annotation> units) {
    int first = channels;
    for (int i = 0; i < units.size(); i++) {
      UnitSpec unit = tail.units().get(i);
      int out = unit.filters(List.of(), first, channels);
      if (!add(unit, first, channels, out, "", units.get(i).at("filters"))) {
        return;
      }
      channels = out;
    }
  }

  private boolean block(ReadStage stage, int index, int channels) {
    StageSpec spec = stage.spec();
    BlockSpec block = spec.block();
    int in = channels;
    for (int i = 0; i < block.units().size(); i++) {
      UnitSpec unit = block.units().get(i);
      int out = unit.filters(spec.filters(), channels, in);
      if (!add(stage, index, unit, stage.block().units().get(i), channels, in, out)) {
        return false;
      }
      in = out;
    }
    if (!block.projects(channels, in, spec.strideOf(index))) {
      return true;
    }
    UnitSpec projection = block.projection();
    int out = projection.filters(spec.filters(), channels, channels);
    return add(stage, index, projection, stage.block().projection(), channels, channels, out);
  }

  private boolean add(
      ReadStage stage, int index, UnitSpec unit, Annotation at, int blockIn, int in, int out) {
    StageSpec spec = stage.spec();
    Place place =
        unit.filtersAt() >= 0
            ? stage.annotation().at("filters", unit.filtersAt())
            : stage.block().inSource() ? at.at("filters") : stage.annotation().at("block");
    String of = " of block " + spec.nameOf(index);
    return add(unit, blockIn, in, out, of, place);
  }

  private static long gate(UnitSpec unit, int blockIn, int out) {
    if (unit.gate() == null) {
      return 0;
    }
    long reduced = unit.gate().reduced(blockIn, out);
    return reduced * (2L * out + 1) + out;
  }

  private boolean add(UnitSpec unit, int blockIn, int in, int out, String of, Place place) {
    int kh = unit.window().kh();
    int kw = unit.window().kw();
    // In steps, as the product of four extents can exceed a long.
    long taps = (long) kh * kw * (in / unit.groups(in));
    boolean fits = taps <= Limits.PARAMETERS && taps * out <= Limits.PARAMETERS;
    if (fits) {
      total += taps * out + (unit.bias() ? out : 0) + (unit.normalized() ? 4L * out : 0);
      total += gate(unit, blockIn, out);
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
