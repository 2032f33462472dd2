package dev.lanewise.benchmarks.peers.bytedeco;

import dev.lanewise.benchmarks.peers.ConvProblem;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** One role of a convolution. */
final class TorchConvolution implements Task {
  private static final long[] ONE = {1, 1};
  private static final long[] NONE = {0, 0};

  private final PointerScope scope = new PointerScope();
  private final Work work;
  private final Tensor x;
  private final Tensor weights;
  private final Tensor dy;
  private final long[] padding;
  private final BoolPointer mask;

  TorchConvolution(Work work, torch.MemoryFormat format) {
    this.work = work;
    int size = work.size();
    int window = work.window();
    padding = new long[] {window / 2, window / 2};
    ConvProblem problem = new ConvProblem(work);
    x = planes(problem.x(), work.images(), size, work.ic()).contiguous(format);
    dy = planes(problem.dy(), work.images(), size, work.oc()).contiguous(format);
    weights =
        Tensor.create(problem.weights(), window, window, work.ic(), work.oc())
            .permute(3, 2, 0, 1)
            .contiguous(format);
    mask = new BoolPointer(3);
    mask.put(0, work.kind() == Work.Kind.INPUT_GRADIENT);
    mask.put(1, work.kind() == Work.Kind.WEIGHT_GRADIENT);
    mask.put(2, false);
    Tensor result = compute();
    problem.check(
        values(
            work.kind() == Work.Kind.WEIGHT_GRADIENT
                ? result.permute(2, 3, 1, 0)
                : result.permute(0, 2, 3, 1)));
  }

  private static Tensor planes(float[] values, int images, int size, int channels) {
    return Tensor.create(values, images, size, size, channels).permute(0, 3, 1, 2);
  }

  /** Returns a tensor's values in the order of its dimensions. */
  static float[] values(Tensor tensor) {
    Tensor ordered = tensor.contiguous();
    float[] values = new float[Math.toIntExact(ordered.numel())];
    new FloatPointer(ordered.data_ptr_float()).get(values);
    return values;
  }

  private Tensor compute() {
    if (work.kind() == Work.Kind.FORWARD) {
      return torch.conv2d(x, weights, new TensorOptional(), ONE, padding, ONE, 1);
    }
    T_TensorTensorTensor_T gradients =
        torch.convolution_backward(
            dy, x, weights, new LongArrayRefOptional(), ONE, padding, ONE, false, NONE, 1, mask);
    return work.kind() == Work.Kind.INPUT_GRADIENT ? gradients.get0() : gradients.get1();
  }

  @Override
  public void run() {
    try (PointerScope step = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      compute();
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
