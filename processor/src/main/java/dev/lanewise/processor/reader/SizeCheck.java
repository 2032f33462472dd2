package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockSpec;
import dev.lanewise.processor.spec.StageNumbers;
import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.spec.Padding;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that a block's units and its shortcut give maps of one size, by trying all sizes up to 512
 * rows and columns.
 */
final class SizeCheck {
  private static final int LARGEST = 512;

  private final Problems problems;
  private final Set<String> places = new HashSet<>();

  SizeCheck(Problems problems) {
    this.problems = problems;
  }

  /**
   * Checks a block.
   *
   * @param stride the block's stride
   * @param projects whether the shortcut is the projection
   */
  void check(ReadStage stage, int stride, boolean projects) {
    BlockSpec block = stage.spec().block();
    StageNumbers numbers = stage.spec().numbers();
    List<Window> shortcut = shortcut(block, numbers, stride, projects);
    List<Window> units = block.windows(numbers, stride);
    if (!check(stage, units, shortcut, true)) {
      check(stage, units, shortcut, false);
    }
  }

  private static List<Window> shortcut(
      BlockSpec block, StageNumbers numbers, int stride, boolean projects) {
    if (projects) {
      Window pooling = block.pooling(stride);
      Window window = block.projection().window(numbers, stride);
      return pooling == null ? List.of(window) : List.of(pooling, window);
    }
    Window subsampling = block.subsampling(stride);
    return subsampling == null ? List.of() : List.of(subsampling);
  }

  private boolean check(ReadStage stage, List<Window> units, List<Window> shortcut, boolean rows) {
    int example = difference(units, shortcut, rows);
    if (example == 0) {
      return false;
    }
    String what = rows ? "rows" : "columns";
    boolean never = true;
    for (int n = 1; n <= LARGEST; n++) {
      never &= out(units, n, rows) != out(shortcut, n, rows) || out(units, n, rows) <= 0;
    }
    StringBuilder got = new StringBuilder();
    got.append(out(units, example, rows))
        .append(" from the units and ")
        .append(out(shortcut, example, rows))
        .append(" from the shortcut for a map of ")
        .append(example)
        .append(' ')
        .append(what);
    if (never) {
      got.append(", and no size makes them equal");
    }
    int culprit = culprit(units, rows);
    boolean inUnits = culprit < units.size();
    if (inUnits && units.get(culprit).padding() == Padding.VALID) {
      List<Window> same = new ArrayList<>(units);
      Window window = units.get(culprit);
      same.set(culprit, window.withSamePadding());
      if (difference(same, shortcut, rows) == 0) {
        got.append("; did you mean padding = Padding.SAME?");
      }
    }
    BlockSpec block = stage.spec().block();
    UnitSpec unit = inUnits ? block.units().get(culprit) : block.projection();
    Place place =
        place(stage, inUnits ? stage.block().units().get(culprit) : stage.block().projection());
    // A unit is wrong at many strides in many stages; the first example says enough.
    if (!places.add(place.key())) {
      return true;
    }
    problems.report(
        place,
        "map of unit '" + unit.name() + "' of " + block.type().name(),
        "as many " + what + " from the units as from the shortcut",
        got);
    return true;
  }

  /** Returns a number of rows for which the two differ, not too small to picture; 0 for none. */
  private static int difference(List<Window> units, List<Window> shortcut, boolean rows) {
    int found = 0;
    for (int n = LARGEST; n > 0; n--) {
      int a = out(units, n, rows);
      int b = out(shortcut, n, rows);
      if (a > 0 && b > 0 && a != b && (n >= 15 || found == 0)) {
        found = n;
      }
    }
    return found;
  }

  private static int out(List<Window> windows, int n, boolean rows) {
    int size = n;
    for (Window window : windows) {
      if (size <= 0) {
        return 0;
      }
      size = rows ? window.outH(size) : window.outW(size);
    }
    return size;
  }

  /** Returns the first unit whose map is not ceil(n / stride); the units' number for none. */
  private static int culprit(List<Window> units, boolean rows) {
    for (int i = 0; i < units.size(); i++) {
      Window window = units.get(i);
      Window same = window.withSamePadding();
      if (difference(List.of(window), List.of(same), rows) != 0) {
        return i;
      }
    }
    return units.size();
  }

  private static Place place(ReadStage stage, Annotation unit) {
    if (!stage.block().inSource()) {
      return stage.annotation().at("block");
    }
    for (String member : List.of("pad", "padding")) {
      if (unit.given(member)) {
        return unit.at(member);
      }
    }
    return unit.at("kernel");
  }
}
