package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.UnitSpec;

/** Checks that the parameters of a network fit into one array. */
final class ParameterCheck {
  private final Problems problems;
  private long total;

  ParameterCheck(Problems problems) {
    this.problems = problems;
  }

  /** Counts unit by unit, and reports the first that is too much. */
  void check(UnitWalk units) {
    units.forEach(this::add);
  }

  private boolean add(UnitWalk.Step step) {
    UnitSpec unit = step.spec();
    int in = step.in();
    int out = step.out();
    int kh = step.window().kh();
    int kw = step.window().kw();
    // In steps, as the product of four extents can exceed a long.
    long taps = (long) kh * kw * (in / unit.groups(in));
    boolean fits = taps <= Limits.PARAMETERS && taps * out <= Limits.PARAMETERS;
    if (fits) {
      total += taps * out + (unit.bias() ? out : 0) + (unit.normalized() ? 4L * out : 0);
      total += gate(unit, step.blockIn(), out);
      fits = total <= Limits.PARAMETERS;
      if (!fits) {
        problems.report(
            place(step),
            "parameters of the network up to " + step.words(),
            "at most " + Limits.PARAMETERS + ", as one array holds them",
            total);
      }
      return fits;
    }
    problems.report(
        place(step),
        "kernel of " + step.words(),
        "at most " + Limits.PARAMETERS + " weights, as one array holds them",
        kh + " x " + kw + " x " + in + " x " + out);
    return false;
  }

  private static long gate(UnitSpec unit, int blockIn, int out) {
    if (unit.gate() == null) {
      return 0;
    }
    long reduced = unit.gate().reduced(blockIn, out);
    return reduced * (2L * out + 1) + out;
  }

  private static Place place(UnitWalk.Step step) {
    int filtersAt = step.spec().filtersAt();
    return filtersAt >= 0
        ? step.stage().annotation().at("filters", filtersAt)
        : step.place("filters");
  }
}
