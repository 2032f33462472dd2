package dev.lanewise.benchmarks.block;

import dev.lanewise.benchmarks.ImageBatch;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import java.util.List;

/** The distinct bottleneck blocks of ResNet50, each named after the first of its kind. */
public enum ResNetBlock {
  /** Stage 2's projection. */
  B2A(1, 2, "a", 64, 64, 1),
  /** Stage 2's identity. */
  B2B(2, 2, "b", 256, 64, 1),
  /** Stage 3's projection. */
  B3A(4, 3, "a", 256, 128, 2),
  /** Stage 3's identity. */
  B3B(5, 3, "b", 512, 128, 1),
  /** Stage 4's projection. */
  B4A(8, 4, "a", 512, 256, 2),
  /** Stage 4's identity. */
  B4B(9, 4, "b", 1024, 256, 1),
  /** Stage 5's projection. */
  B5A(14, 5, "a", 1024, 512, 2),
  /** Stage 5's identity. */
  B5B(15, 5, "b", 2048, 512, 1);

  private final int index;
  private final int stage;
  private final String letter;
  private final int ic;
  private final int filters;
  private final int stride;

  /**
   * A convolution and the normalisation after it.
   *
   * @param name as in the spec: {@code "2a"}
   * @param conv the convolution's name
   * @param bn the normalisation's name
   */
  record Unit(String name, String conv, String bn, Window window, int ic, int oc) {}

  ResNetBlock(int index, int stage, String letter, int ic, int filters, int stride) {
    this.index = index;
    this.stage = stage;
    this.letter = letter;
    this.ic = ic;
    this.filters = filters;
    this.stride = stride;
  }

  /** Returns the block's number in the network, in which the stem is number 0. */
  int index() {
    return index;
  }

  /** Returns the input's shape. */
  Shape input(ImageBatch workload) {
    int map = workload.mapBefore(letter.equals("a") ? stage : stage + 1);
    return new Shape(workload.images(), map, map, ic);
  }

  /** Returns the output's shape. */
  Shape output(ImageBatch workload) {
    int map = workload.mapBefore(stage + 1);
    return new Shape(workload.images(), map, map, 4 * filters);
  }

  /** Returns the units of the main path. */
  List<Unit> path() {
    Window pixel = Window.valid(1, 1, 1, 1);
    return List.of(
        unit("2a", Window.valid(1, 1, stride, stride), ic, filters),
        unit("2b", Window.same(3, 3, 1, 1), filters, filters),
        unit("2c", pixel, filters, 4 * filters));
  }

  /** Returns the unit on the shortcut; null where that is the block's input. */
  Unit projection() {
    return letter.equals("a")
        ? unit("1", Window.valid(1, 1, stride, stride), ic, 4 * filters)
        : null;
  }

  private Unit unit(String name, Window window, int ic, int oc) {
    String branch = stage + letter + "_branch" + name;
    return new Unit(name, "res" + branch, "bn" + branch, window, ic, oc);
  }

  /** Returns the operations of the convolutions of a forward pass; a backward pass has twice. */
  long flops(ImageBatch workload) {
    Shape in = input(workload);
    long flops = projection() == null ? 0 : flops(projection(), in);
    Shape map = in;
    for (Unit unit : path()) {
      flops += flops(unit, map);
      map = output(workload);
    }
    return flops;
  }

  private static long flops(Unit unit, Shape in) {
    Window window = unit.window();
    long pixels = (long) in.n() * window.outH(in.h()) * window.outW(in.w());
    return 2 * pixels * window.kh() * window.kw() * unit.ic() * unit.oc();
  }
}
