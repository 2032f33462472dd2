package dev.lanewise.benchmarks.peers;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.kernel.norm.ActivatedOperand;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.kernel.norm.StatisticsEpilogue;
import dev.lanewise.kernel.norm.UnitGradientEpilogue;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import java.util.Arrays;

/** One role of one of Lanewise's convolutions, on the operands that all contenders get. */
final class LanewiseKernel implements Task {
  private final Work work;
  private final ConvKernel conv;
  private final float[] arena;
  private final Tensor x;
  private final Tensor y;
  private final Tensor dx;
  private final Tensor dy;
  private final Weights weights;
  private final int dWeights;
  private Operand source;
  private Operand gradient;
  private Epilogue statistics;
  private Epilogue sums;

  LanewiseKernel(Work work, WorkerPool pool, boolean fused) {
    this.work = work;
    int window = work.window();
    conv =
        new ConvKernel(new Scratch(pool), Window.same(window, window, 1, 1), work.ic(), work.oc());
    Shape input = new Shape(work.images(), work.size(), work.size(), work.ic());
    Shape output = new Shape(work.images(), work.size(), work.size(), work.oc());
    Shape packed = new Shape(1, 1, 1, conv.weights().size());
    arena = Arena.allocate(2 * (input.size() + output.size() + packed.size()) + 128);
    ArenaPlan plan = ArenaPlan.over(arena);
    x = plan.acquire(input);
    dx = plan.acquire(input);
    y = plan.acquire(output);
    dy = plan.acquire(output);
    weights = new Weights(arena, plan.acquire(packed).offset());
    dWeights = plan.acquire(packed).offset();

    ConvProblem problem = new ConvProblem(work);
    System.arraycopy(problem.x(), 0, x.data(), x.offset(), problem.x().length);
    System.arraycopy(problem.dy(), 0, dy.data(), dy.offset(), problem.dy().length);
    conv.weights().pack(problem.weights(), arena, weights.at());
    plain();
    run();
    problem.check(
        switch (work.kind()) {
          case FORWARD -> y.toArray();
          case INPUT_GRADIENT -> dx.toArray();
          default -> conv.weights().unpack(arena, dWeights);
        });
    if (fused) {
      fuse();
    }
  }

  private void plain() {
    source = Operand.of(x);
    gradient = Operand.of(dy);
    statistics = Epilogue.store();
    sums = Epilogue.store();
  }

  private void fuse() {
    NormState before = standard(work.ic());
    NormState after = standard(work.oc());
    source = new ActivatedOperand(x, before, PointwiseFunctions.of(Activation.RELU));
    statistics = new StatisticsEpilogue(after);
    sums = new UnitGradientEpilogue(before, x, PointwiseFunctions.of(Activation.RELU));
  }

  private static NormState standard(int channels) {
    NormState norm = new NormState(channels);
    float[] ones = new float[channels];
    Arrays.fill(ones, 1f);
    norm.useStatistics(ones, 0, new float[channels], 0, 1e-3, new float[channels], 0, ones, 0);
    return norm;
  }

  @Override
  public void run() {
    switch (work.kind()) {
      case FORWARD -> conv.forward(source, weights, y, null, statistics);
      case INPUT_GRADIENT -> conv.backwardData(gradient, weights, dx, null, sums);
      default -> conv.backwardWeights(source, gradient, arena, dWeights);
    }
  }

  @Override
  public void close() {}
}
