package dev.lanewise.kernel.conv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.ConvAlgorithm;
import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.grouped.Groups;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceConv;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import dev.lanewise.testing.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions against plain loops: exactly on small integers, closely on random values. */
class ConvKernelTest {
  private static final WorkerPool POOL = new WorkerPool(2);

  record Case(Window window, Shape in, int groups, int oc) {
    Case(Window window, Shape in, int oc) {
      this(window, in, 1, oc);
    }

    Groups channels() {
      return Groups.of(groups, in.c(), oc);
    }
  }

  @AfterAll
  static void close() {
    POOL.close();
  }

  static List<Case> cases() {
    Window[] windows = {
      Window.valid(1, 1, 1, 1),
      Window.valid(1, 1, 2, 2),
      Window.same(1, 1, 3, 3),
      Window.same(2, 2, 1, 1),
      Window.same(2, 2, 2, 2),
      Window.valid(3, 3, 1, 1),
      Window.same(3, 3, 1, 1),
      Window.same(3, 3, 2, 2),
      Window.same(4, 5, 3, 2),
      Window.valid(1, 3, 1, 2),
      Window.padded(7, 7, 2, 2, 3, 3, 3, 3),
      Window.padded(3, 2, 2, 1, 2, 0, 1, 3),
    };
    int[][] channels = {{3, 6}, {1, 1}, {10, 17}, {16, 64}, {65, 70}, {33, 130}};
    Shape[] maps = {new Shape(2, 7, 9, 1), new Shape(3, 8, 4, 1), new Shape(1, 5, 5, 1)};
    List<Case> cases = new ArrayList<>();
    for (int w = 0; w < windows.length; w++) {
      for (int c = 0; c < channels.length; c++) {
        Shape map = maps[(w + c) % maps.length].withC(channels[c][0]);
        if (windows[w].outH(map.h()) > 0 && windows[w].outW(map.w()) > 0) {
          cases.add(new Case(windows[w], map, channels[c][1]));
        }
      }
    }
    // More than one block of depth, and more rows than one chunk.
    cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(2, 12, 12, 72), 40));
    cases.add(new Case(Window.valid(1, 1, 1, 1), new Shape(1, 2, 2, 700), 300));
    cases.add(new Case(Window.valid(1, 1, 1, 1), new Shape(4, 30, 30, 8), 24));
    // Few channels: borders wider than the map or the window, gaps, runs longer than a block of
    // depth.
    cases.add(new Case(Window.padded(2, 2, 3, 3, 5, 4, 6, 3), new Shape(3, 1, 2, 15), 9));
    cases.add(new Case(Window.padded(12, 12, 1, 1, 11, 11, 11, 11), new Shape(5, 1, 1, 13), 67));
    cases.add(new Case(Window.padded(1, 17, 1, 1, 0, 0, 16, 16), new Shape(3, 1, 9, 15), 9));
    cases.add(new Case(Window.padded(2, 3, 5, 7, 1, 6, 6, 1), new Shape(2, 13, 3, 2), 3));
    // Small maps, where most windows reach over the border; more pixels than one block.
    for (int[] c : new int[][] {{7, 5}, {20, 70}, {200, 130}}) {
      cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(33, 2, 2, c[0]), c[1]));
      cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(50, 1, 2, c[0]), c[1]));
      cases.add(new Case(Window.same(5, 3, 2, 1), new Shape(32, 3, 2, c[0]), c[1]));
      cases.add(new Case(Window.padded(3, 3, 1, 1, 3, 0, 1, 1), new Shape(30, 2, 2, c[0]), c[1]));
      cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(240, 2, 1, c[0]), c[1]));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExactOnSmallIntegers(Case c) {
    SplittableRandom random = new SplittableRandom(c.toString().hashCode());
    Convolution conv = new Convolution(c, new Scratch(POOL, ConvAlgorithm.DIRECT));
    float[] weights = Values.integers(random, conv.weightCount());
    check(conv, Values.integers(random, c.in()), weights, random, 0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isCloseOnRandomValues(Case c) {
    SplittableRandom random = new SplittableRandom(c.toString().hashCode() + 1);
    Convolution conv = new Convolution(c, new Scratch(POOL));
    float[] weights = Values.normal(random, conv.weightCount(), 0.1);
    check(conv, Values.normal(random, c.in()), weights, random, 5e-6);
  }

  private static void check(
      Convolution conv, Tensor src, float[] weights, SplittableRandom random, double bound) {
    Case c = conv.c;
    float[] bias = Values.integers(random, c.oc());
    ReferenceTensor x = ReferenceTensor.of(src);
    double[] w = ReferenceTensor.doubles(weights);
    ReferenceTensor y =
        ReferenceConv.forward(x, w, ReferenceTensor.doubles(bias), c.window(), c.groups(), c.oc());
    float[] got = conv.forward(src, weights, bias).toArray();
    Values.assertClose("forward " + c, got, y.data(), bound);

    Tensor dDst =
        bound == 0 ? Values.integers(random, y.shape()) : Values.normal(random, y.shape());
    ReferenceTensor dy = ReferenceTensor.of(dDst);
    Values.assertClose(
        "weights " + c,
        conv.backwardWeights(src, dDst),
        ReferenceConv.backwardWeights(x, dy, c.window(), c.groups()),
        bound);
    Values.assertClose(
        "data " + c,
        conv.backwardData(dDst, weights).toArray(),
        ReferenceConv.backwardData(dy, w, c.window(), c.groups(), c.in()).data(),
        bound);
    float[] dBias = new float[c.oc()];
    conv.kernel.backwardBias(Operand.of(dDst), dBias, 0);
    Values.assertClose("bias " + c, dBias, ReferenceConv.backwardBias(dy), bound);
  }

  static List<Case> inGroups() {
    Window[] windows = {
      Window.valid(1, 1, 1, 1),
      Window.valid(1, 1, 2, 2),
      Window.same(3, 3, 1, 1),
      Window.same(3, 3, 2, 2),
      Window.padded(3, 3, 2, 2, 1, 1, 1, 1),
      Window.same(5, 5, 1, 1),
      Window.same(5, 5, 2, 2),
      Window.same(4, 5, 3, 2),
      Window.padded(3, 2, 2, 1, 2, 0, 1, 3),
      Window.same(3, 3, 1, 1).dilated(2, 2),
      Window.padded(3, 3, 2, 1, 4, 3, 1, 2).dilated(3, 2),
    };
    // Groups, and input and output channels of each: depthwise, with a multiplier, narrow, uneven,
    // as wide as a vector, wider.
    int[][] channels = {
      {2, 1, 1}, {3, 1, 1}, {40, 1, 1}, {67, 1, 1}, {5, 1, 3}, {9, 1, 4}, {32, 4, 4}, {7, 3, 3},
      {5, 2, 6}, {6, 5, 2}, {9, 8, 8}, {3, 16, 16}, {2, 17, 9}, {2, 33, 70}, {3, 70, 5}, {2, 4, 32}
    };
    Shape[] maps = {
      new Shape(2, 7, 9, 1), new Shape(3, 8, 4, 1), new Shape(1, 5, 5, 1), new Shape(4, 2, 2, 1)
    };
    List<Case> cases = new ArrayList<>();
    for (int w = 0; w < windows.length; w++) {
      for (int c = 0; c < channels.length; c++) {
        int[] g = channels[c];
        Shape map = maps[(w + c) % maps.length].withC(g[0] * g[1]);
        if (windows[w].outH(map.h()) > 0 && windows[w].outW(map.w()) > 0) {
          cases.add(new Case(windows[w], map, g[0], g[0] * g[2]));
        }
      }
    }
    // Rows longer than a chunk, and more of an image than a band.
    cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(1, 5, 230, 6), 3, 6));
    cases.add(new Case(Window.same(3, 3, 2, 2), new Shape(2, 31, 203, 5), 5, 10));
    cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(2, 40, 41, 96), 24, 96));
    cases.add(new Case(Window.padded(1, 9, 1, 1, 0, 0, 8, 8), new Shape(3, 1, 3, 6), 2, 6));
    cases.add(new Case(Window.padded(5, 5, 1, 1, 4, 4, 4, 4), new Shape(3, 1, 1, 6), 6, 6));
    return cases;
  }

  @ParameterizedTest
  @MethodSource("inGroups")
  void isExactInGroupsOnSmallIntegers(Case c) {
    SplittableRandom random = new SplittableRandom(c.toString().hashCode());
    Convolution conv = new Convolution(c, new Scratch(POOL));
    float[] weights = Values.integers(random, conv.weightCount());
    check(conv, Values.integers(random, c.in()), weights, random, 0);
  }

  static List<Case> dilated() {
    Window[] windows = {
      Window.valid(3, 3, 1, 1).dilated(2, 2),
      Window.same(3, 3, 1, 1).dilated(2, 2),
      Window.same(3, 3, 2, 2).dilated(2, 3),
      Window.padded(3, 2, 3, 1, 3, 1, 2, 3).dilated(1, 4),
      Window.same(5, 3, 2, 1).dilated(4, 1),
    };
    int[][] channels = {{3, 6}, {10, 17}, {65, 70}};
    Shape[] maps = {new Shape(2, 7, 9, 1), new Shape(3, 8, 6, 1), new Shape(9, 2, 2, 1)};
    List<Case> cases = new ArrayList<>();
    for (Window window : windows) {
      for (int[] c : channels) {
        for (Shape map : maps) {
          if (window.outH(map.h()) > 0 && window.outW(map.w()) > 0) {
            cases.add(new Case(window, map.withC(c[0]), c[1]));
          }
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("dilated")
  void isExactDilatedOnSmallIntegers(Case c) {
    SplittableRandom random = new SplittableRandom(c.toString().hashCode());
    Convolution conv = new Convolution(c, new Scratch(POOL));
    float[] weights = Values.integers(random, conv.weightCount());
    check(conv, Values.integers(random, c.in()), weights, random, 0);
  }

  static List<Case> threeByThree() {
    List<Case> cases = new ArrayList<>();
    Window[] windows = {
      Window.same(3, 3, 1, 1), Window.valid(3, 3, 1, 1), Window.padded(3, 3, 1, 1, 2, 0, 1, 3)
    };
    int[][] channels = {{1, 1}, {3, 6}, {16, 64}, {64, 64}, {65, 70}, {33, 130}, {150, 20}};
    Shape[] maps = {
      new Shape(2, 7, 9, 1), new Shape(3, 8, 4, 1), new Shape(1, 5, 5, 1), new Shape(40, 3, 6, 1)
    };
    for (Window window : windows) {
      for (int[] c : channels) {
        for (Shape map : maps) {
          cases.add(new Case(window, map.withC(c[0]), c[1]));
        }
      }
    }
    // More than one group of patches.
    cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(11, 30, 31, 130), 20));
    // More points of weights than of patches.
    cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(3, 6, 7, 270), 260));
    // Few channels and several slices of patches, the last one short.
    cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(3, 27, 26, 64), 64));
    cases.add(new Case(Window.padded(3, 3, 1, 1, 2, 0, 0, 1), new Shape(2, 33, 45, 7), 50));
    // So many patches that slices become longer.
    cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(1, 331, 330, 3), 2));
    // Maps of two by two; more patches than one part of a product, and borders that differ.
    for (int[] c : new int[][] {{3, 6}, {65, 70}, {33, 130}, {400, 330}}) {
      cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(7, 2, 2, c[0]), c[1]));
      cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(150, 2, 2, c[0]), c[1]));
      cases.add(new Case(Window.padded(3, 3, 1, 1, 2, 0, 1, 1), new Shape(7, 2, 2, c[0]), c[1]));
      cases.add(new Case(Window.padded(3, 3, 1, 1, 1, 1, 0, 2), new Shape(7, 2, 2, c[0]), c[1]));
      cases.add(new Case(Window.padded(3, 3, 1, 1, 2, 2, 2, 2), new Shape(7, 2, 2, c[0]), c[1]));
    }
    // Points and products of one patch, and more channels than those of any layer.
    cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(2, 1, 1, 2048), 7));
    cases.add(new Case(Window.same(3, 3, 1, 1), new Shape(2, 2, 2, 7), 2048));
    return cases;
  }

  @ParameterizedTest
  @MethodSource("threeByThree")
  void isExactByTwoOnSmallIntegers(Case c) {
    SplittableRandom random = new SplittableRandom(c.toString().hashCode());
    Convolution conv = new Convolution(c, new Scratch(POOL, ConvAlgorithm.WINOGRAD_2));
    float[] weights = Values.integers(random, conv.weightCount());
    check(conv, Values.integers(random, c.in()), weights, random, 0);
  }

  @ParameterizedTest
  @MethodSource("threeByThree")
  void isCloseByFour(Case c) {
    SplittableRandom random = new SplittableRandom(c.toString().hashCode() + 1);
    Convolution conv = new Convolution(c, new Scratch(POOL, ConvAlgorithm.WINOGRAD_4));
    float[] weights = Values.normal(random, conv.weightCount(), 0.1);
    check(conv, Values.normal(random, c.in()), weights, random, 2e-5);
  }

  static List<Case> forThreads() {
    return List.of(
        new Case(Window.same(3, 3, 2, 2), new Shape(5, 17, 13, 70), 130),
        new Case(Window.same(3, 3, 1, 1), new Shape(9, 17, 13, 70), 130),
        new Case(Window.same(3, 3, 1, 1), new Shape(9, 4, 4, 270), 260),
        new Case(Window.same(3, 3, 1, 1), new Shape(9, 15, 15, 64), 60),
        new Case(Window.same(3, 3, 1, 1), new Shape(9, 2, 2, 270), 260),
        new Case(Window.same(3, 3, 2, 2), new Shape(3, 9, 9, 70), 300),
        new Case(Window.valid(1, 1, 1, 1), new Shape(5, 17, 13, 70), 130),
        new Case(Window.valid(1, 1, 1, 1), new Shape(1, 15, 17, 500), 600),
        new Case(Window.valid(1, 1, 1, 1), new Shape(3, 30, 30, 70), 300),
        new Case(Window.same(3, 3, 1, 1), new Shape(7, 30, 30, 70), 70, 70),
        new Case(Window.same(5, 5, 2, 2), new Shape(3, 30, 30, 64), 16, 64),
        new Case(Window.same(3, 3, 2, 2), new Shape(2, 15, 15, 90), 2, 130),
        new Case(Window.padded(7, 7, 2, 2, 3, 3, 3, 3), new Shape(3, 30, 30, 3), 64));
  }

  @ParameterizedTest
  @MethodSource("forThreads")
  void hasTheSameBitsOnAnyNumberOfThreads(Case c) {
    SplittableRandom random = new SplittableRandom(1);
    Tensor src = Values.normal(random, c.in());
    List<float[]> results = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3, 16}) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        Convolution conv = new Convolution(c, new Scratch(pool));
        float[] weights = Values.normal(new SplittableRandom(2), conv.weightCount(), 0.1);
        Tensor dDst = Values.normal(new SplittableRandom(3), conv.outShape());
        results.add(conv.forward(src, weights, null).toArray());
        results.add(conv.backwardWeights(src, dDst));
        results.add(conv.backwardData(dDst, weights).toArray());
      }
    }
    for (int i = 3; i < results.size(); i++) {
      assertThat(results.get(i)).isEqualTo(results.get(i % 3));
    }
  }

  @Test
  void plansAnewForEachShape() {
    Scratch scratch = new Scratch(POOL);
    Window window = Window.same(3, 3, 1, 1);
    Convolution conv = new Convolution(new Case(window, new Shape(2, 5, 5, 4), 6), scratch);
    SplittableRandom random = new SplittableRandom(3);
    for (Shape in : List.of(new Shape(2, 5, 5, 4), new Shape(1, 9, 3, 4), new Shape(2, 5, 5, 4))) {
      conv.c = new Case(window, in, 6);
      check(conv, Values.integers(random, in), Values.integers(random, 9 * 4 * 6), random, 0);
    }
  }

  /** A kernel with weights in row-major order. */
  private static final class Convolution {
    private final ConvKernel kernel;
    private Case c;

    Convolution(Case c, Scratch scratch) {
      this.c = c;
      this.kernel = new ConvKernel(scratch, c.window(), c.channels());
    }

    int weightCount() {
      return c.window().kh() * c.window().kw() * c.channels().in() * c.oc();
    }

    Tensor forward(Tensor src, float[] weights, float[] bias) {
      Tensor dst = poisoned(outShape());
      Epilogue store = Epilogue.store();
      Weights w = new Weights(packed(weights), Arena.FIRST, bias, 0);
      kernel.forward(Operand.of(src), w, dst, null, store);
      return dst;
    }

    Tensor backwardData(Tensor dDst, float[] weights) {
      Tensor dSrc = poisoned(c.in());
      Weights w = new Weights(packed(weights), Arena.FIRST);
      kernel.backwardData(Operand.of(dDst), w, dSrc, null, null);
      return dSrc;
    }

    float[] backwardWeights(Tensor src, Tensor dDst) {
      float[] gradient = Arena.allocate(kernel.weights().size());
      Arrays.fill(gradient, Float.NaN);
      kernel.backwardWeights(Operand.of(src), Operand.of(dDst), gradient, Arena.FIRST);
      // What pads the layout is read by optimisers, too.
      for (int i = 0; i < kernel.weights().size(); i++) {
        assertThat(gradient[Arena.FIRST + i]).isNotNaN();
      }
      return kernel.weights().unpack(gradient, Arena.FIRST);
    }

    private float[] packed(float[] weights) {
      float[] packed = Arena.allocate(kernel.weights().size());
      kernel.weights().pack(weights, packed, Arena.FIRST);
      return packed;
    }

    private Shape outShape() {
      Window w = c.window();
      return new Shape(c.in().n(), w.outH(c.in().h()), w.outW(c.in().w()), c.oc());
    }

    private static Tensor poisoned(Shape shape) {
      Tensor tensor = Tensor.zeros(shape);
      java.util.Arrays.fill(tensor.data(), Float.NaN);
      return tensor;
    }
  }
}
