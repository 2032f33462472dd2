package dev.lanewise.benchmarks;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/** The convolutions of ResNet50, one of each shape, named after the first that has it. */
public enum ConvLayer {
  /** The stem. */
  CONV1(1, 0, 3, 64, 7, 2),
  /** First 1x1 of the first block. */
  RES2A_BRANCH2A(1, 2, 64, 64, 1, 1),
  /** 3x3 of stage 2. */
  RES2A_BRANCH2B(3, 2, 64, 64, 3, 1),
  /** Last 1x1 of stage 2, and its projection. */
  RES2A_BRANCH2C(4, 2, 64, 256, 1, 1),
  /** First 1x1 of stage 2's later blocks. */
  RES2B_BRANCH2A(2, 2, 256, 64, 1, 1),
  /** First 1x1 of stage 3, with stride. */
  RES3A_BRANCH2A(1, 3, 256, 128, 1, 2),
  /** Projection of stage 3, with stride. */
  RES3A_BRANCH1(1, 3, 256, 512, 1, 2),
  /** 3x3 of stage 3. */
  RES3A_BRANCH2B(4, 4, 128, 128, 3, 1),
  /** Last 1x1 of stage 3. */
  RES3A_BRANCH2C(4, 4, 128, 512, 1, 1),
  /** First 1x1 of stage 3's later blocks. */
  RES3B_BRANCH2A(3, 4, 512, 128, 1, 1),
  /** First 1x1 of stage 4, with stride. */
  RES4A_BRANCH2A(1, 4, 512, 256, 1, 2),
  /** Projection of stage 4, with stride. */
  RES4A_BRANCH1(1, 4, 512, 1024, 1, 2),
  /** 3x3 of stage 4. */
  RES4A_BRANCH2B(6, 5, 256, 256, 3, 1),
  /** Last 1x1 of stage 4. */
  RES4A_BRANCH2C(6, 5, 256, 1024, 1, 1),
  /** First 1x1 of stage 4's later blocks. */
  RES4B_BRANCH2A(5, 5, 1024, 256, 1, 1),
  /** First 1x1 of stage 5, with stride. */
  RES5A_BRANCH2A(1, 5, 1024, 512, 1, 2),
  /** Projection of stage 5, with stride. */
  RES5A_BRANCH1(1, 5, 1024, 2048, 1, 2),
  /** 3x3 of stage 5. */
  RES5A_BRANCH2B(3, 6, 512, 512, 3, 1),
  /** Last 1x1 of stage 5. */
  RES5A_BRANCH2C(3, 6, 512, 2048, 1, 1),
  /** First 1x1 of stage 5's later blocks. */
  RES5B_BRANCH2A(2, 6, 2048, 512, 1, 1);

  private final int count;
  private final int before;
  private final int ic;
  private final int oc;
  private final int kernel;
  private final int stride;

  /**
   * Describes a shape.
   *
   * @param before the stage whose first block reads maps of the input's size; 0 for the image
   */
  ConvLayer(int count, int before, int ic, int oc, int kernel, int stride) {
    this.count = count;
    this.before = before;
    this.ic = ic;
    this.oc = oc;
    this.kernel = kernel;
    this.stride = stride;
  }

  /** Returns how many convolutions of ResNet50 have this shape. */
  public int count() {
    return count;
  }

  /** Returns the window. */
  public Window window() {
    return switch (kernel) {
      case 1 -> Window.valid(1, 1, stride, stride);
      case 3 -> Window.same(3, 3, stride, stride);
      default -> Window.padded(7, 7, stride, stride, 3, 3, 3, 3);
    };
  }

  /** Returns the input's shape. */
  public Shape input(ImageBatch workload) {
    int size = before == 0 ? workload.size() : workload.mapBefore(before);
    return new Shape(workload.images(), size, size, ic);
  }

  /** Returns the output's shape. */
  public Shape output(ImageBatch workload) {
    Shape in = input(workload);
    return new Shape(in.n(), window().outH(in.h()), window().outW(in.w()), oc);
  }

  /** Returns the operations of one pass: forward, gradient of input or of weights alike. */
  public long flops(ImageBatch workload) {
    return 2L * output(workload).size() * kernel * kernel * ic;
  }
}
