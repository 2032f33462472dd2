package dev.lanewise.benchmarks;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/** The convolutions of ResNet50 for 64x64 images and a batch of 32, one of each shape. */
public enum ConvLayer {
  /** The stem. */
  CONV1(64, 3, 64, 7, 2),
  /** First 1x1 of the first block. */
  RES2A_BRANCH2A(15, 64, 64, 1, 1),
  /** 3x3 of stage 2. */
  RES2A_BRANCH2B(15, 64, 64, 3, 1),
  /** Last 1x1 of stage 2, and its projection. */
  RES2A_BRANCH2C(15, 64, 256, 1, 1),
  /** First 1x1 of stage 2's later blocks. */
  RES2B_BRANCH2A(15, 256, 64, 1, 1),
  /** First 1x1 of stage 3, with stride. */
  RES3A_BRANCH2A(15, 256, 128, 1, 2),
  /** Projection of stage 3, with stride. */
  RES3A_BRANCH1(15, 256, 512, 1, 2),
  /** 3x3 of stage 3. */
  RES3A_BRANCH2B(8, 128, 128, 3, 1),
  /** Last 1x1 of stage 3. */
  RES3A_BRANCH2C(8, 128, 512, 1, 1),
  /** First 1x1 of stage 3's later blocks. */
  RES3B_BRANCH2A(8, 512, 128, 1, 1),
  /** Projection of stage 4, with stride. */
  RES4A_BRANCH1(8, 512, 1024, 1, 2),
  /** 3x3 of stage 4. */
  RES4A_BRANCH2B(4, 256, 256, 3, 1),
  /** Last 1x1 of stage 4. */
  RES4A_BRANCH2C(4, 256, 1024, 1, 1),
  /** First 1x1 of stage 4's later blocks. */
  RES4B_BRANCH2A(4, 1024, 256, 1, 1),
  /** Projection of stage 5, with stride. */
  RES5A_BRANCH1(4, 1024, 2048, 1, 2),
  /** 3x3 of stage 5. */
  RES5A_BRANCH2B(2, 512, 512, 3, 1),
  /** Last 1x1 of stage 5. */
  RES5A_BRANCH2C(2, 512, 2048, 1, 1),
  /** First 1x1 of stage 5's later blocks. */
  RES5B_BRANCH2A(2, 2048, 512, 1, 1);

  private static final int BATCH = 32;

  private final int size;
  private final int ic;
  private final int oc;
  private final int kernel;
  private final int stride;

  ConvLayer(int size, int ic, int oc, int kernel, int stride) {
    this.size = size;
    this.ic = ic;
    this.oc = oc;
    this.kernel = kernel;
    this.stride = stride;
  }

  Window window() {
    return switch (kernel) {
      case 1 -> Window.valid(1, 1, stride, stride);
      case 3 -> Window.same(3, 3, stride, stride);
      default -> Window.padded(7, 7, stride, stride, 3, 3, 3, 3);
    };
  }

  Shape input() {
    return new Shape(BATCH, size, size, ic);
  }

  Shape output() {
    return new Shape(BATCH, window().outH(size), window().outW(size), oc);
  }

  /** Returns the operations of one pass: forward, gradient of input or of weights alike. */
  long flops() {
    return 2L * output().size() * kernel * kernel * ic;
  }
}
