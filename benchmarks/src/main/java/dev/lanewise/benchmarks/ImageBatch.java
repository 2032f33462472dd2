package dev.lanewise.benchmarks;

import dev.lanewise.tensor.Window;

/** How many images of which size go through ResNet50 at a time. */
public enum ImageBatch {
  /** 32 images of 64x64, as the tutorials train. */
  N32_64(32, 64),
  /** One image of 64x64. */
  N1_64(1, 64),
  /** 8 images of 224x224, as on ImageNet. */
  N8_224(8, 224),
  /** One image of 224x224. */
  N1_224(1, 224);

  /** Stages of the network that halve the map: the third to the fifth. */
  private static final int FIRST_HALVING = 3;

  private static final Window CONV1 = Window.padded(7, 7, 2, 2, 3, 3, 3, 3);
  private static final Window POOL = Window.valid(3, 3, 2, 2);

  private final int images;
  private final int size;

  ImageBatch(int images, int size) {
    this.images = images;
    this.size = size;
  }

  /** Returns the number of images. */
  public int images() {
    return images;
  }

  /** Returns the rows, and columns, of an image. */
  public int size() {
    return size;
  }

  /**
   * Returns the rows, and columns, of the map that the first block of a stage reads; of a sixth,
   * what the fifth puts out.
   */
  public int mapBefore(int stage) {
    int map = POOL.outH(CONV1.outH(size));
    for (int s = FIRST_HALVING; s < stage; s++) {
      map = Math.ceilDiv(map, 2);
    }
    return map;
  }

  /** Returns the rows, and columns, of the map that the pooling of the stem reads. */
  public int mapBeforePool() {
    return CONV1.outH(size);
  }

  /** Returns the operations of a forward pass's convolutions. */
  public long forwardFlops() {
    long flops = 0;
    for (ConvLayer layer : ConvLayer.values()) {
      flops += layer.count() * layer.flops(this);
    }
    return flops;
  }

  /** Returns the operations of a training step's convolutions; the stem's input has no gradient. */
  public long trainingFlops() {
    return 3 * forwardFlops() - ConvLayer.CONV1.flops(this);
  }
}
