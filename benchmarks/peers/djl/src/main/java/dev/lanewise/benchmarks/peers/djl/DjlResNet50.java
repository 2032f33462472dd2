package dev.lanewise.benchmarks.peers.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import dev.lanewise.benchmarks.peers.NetworkProblem;
import dev.lanewise.benchmarks.peers.Work;
import java.util.List;

/** The tutorials' ResNet50, by DJL's blocks. */
final class DjlResNet50 {
  private static final float EPSILON = 1e-3f;
  private static final int[] REPEATS = {3, 4, 6, 3};
  private static final int EXPANSION = 4;

  private DjlResNet50() {}

  /** Returns the network, from images [N,3,H,W] to logits [N,6]. */
  static Block build() {
    SequentialBlock network = new SequentialBlock();
    addConvBn(network, 64, 7, 2, 3);
    network.add(Activation.reluBlock());
    network.add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(0, 0)));
    int filters = 64;
    for (int stage = 0; stage < REPEATS.length; stage++) {
      for (int block = 0; block < REPEATS[stage]; block++) {
        boolean first = block == 0;
        network.add(bottleneck(filters, first && stage > 0 ? 2 : 1, first));
      }
      filters *= 2;
    }
    // An uneven last map is averaged at its edge over what there is.
    network.add(
        Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), true, false));
    network.add(Blocks.batchFlattenBlock());
    network.add(Linear.builder().setUnits(Work.CLASSES).build());
    return network;
  }

  private static void addConvBn(
      SequentialBlock block, int filters, int window, int stride, int padding) {
    block.add(
        Conv2d.builder()
            .setFilters(filters)
            .setKernelShape(new Shape(window, window))
            .optStride(new Shape(stride, stride))
            .optPadding(new Shape(padding, padding))
            .build());
    block.add(BatchNorm.builder().optEpsilon(EPSILON).build());
  }

  private static Block bottleneck(int filters, int stride, boolean projects) {
    SequentialBlock units = new SequentialBlock();
    addConvBn(units, filters, 1, stride, 0);
    units.add(Activation.reluBlock());
    addConvBn(units, filters, 3, 1, 1);
    units.add(Activation.reluBlock());
    addConvBn(units, EXPANSION * filters, 1, 1, 0);
    Block shortcut = Blocks.identityBlock();
    if (projects) {
      SequentialBlock projection = new SequentialBlock();
      addConvBn(projection, EXPANSION * filters, 1, stride, 0);
      shortcut = projection;
    }
    return new ParallelBlock(DjlResNet50::join, List.of(units, shortcut));
  }

  private static NDList join(List<NDList> branches) {
    NDArray sum = branches.get(0).singletonOrThrow().addi(branches.get(1).singletonOrThrow());
    return new NDList(Activation.relu(sum));
  }

  /** Returns the input's shape. */
  static Shape shape(Work work) {
    return new Shape(work.images(), 3, work.size(), work.size());
  }

  /** Checks the number of trained parameters of an initialised network. */
  static void checkParameters(Work work, Block network) {
    NetworkProblem.checkParameters(
        work,
        network.getParameters().values().stream()
            .filter(p -> p.getType() != Parameter.Type.RUNNING_MEAN)
            .filter(p -> p.getType() != Parameter.Type.RUNNING_VAR)
            .mapToLong(p -> p.getArray().size())
            .sum());
  }
}
