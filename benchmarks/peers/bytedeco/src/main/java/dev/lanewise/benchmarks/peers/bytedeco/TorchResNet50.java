package dev.lanewise.benchmarks.peers.bytedeco;

import dev.lanewise.benchmarks.peers.NetworkProblem;
import dev.lanewise.benchmarks.peers.Work;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The tutorials' ResNet50, by PyTorch's modules. */
final class TorchResNet50 {
  private static final double EPSILON = 1e-3;
  private static final int[] REPEATS = {3, 4, 6, 3};
  private static final int EXPANSION = 4;

  private final List<Module> modules = new ArrayList<>();
  private final ConvBn stem;
  private final List<Bottleneck> blocks = new ArrayList<>();
  private final LinearImpl dense;
  private final Tensor images;

  /** Builds the network and its input. */
  TorchResNet50(Work work, torch.MemoryFormat format) {
    stem = new ConvBn(3, 64, 7, 2, 3);
    int channels = 64;
    int filters = 64;
    for (int stage = 0; stage < REPEATS.length; stage++) {
      for (int block = 0; block < REPEATS[stage]; block++) {
        boolean first = block == 0;
        blocks.add(new Bottleneck(channels, filters, first && stage > 0 ? 2 : 1, first));
        channels = EXPANSION * filters;
      }
      filters *= 2;
    }
    int n = work.images();
    int size = work.size();
    images = Tensor.create(NetworkProblem.planes(work), n, 3, size, size).contiguous(format);
    // An uneven last map is averaged at its edge over what there is.
    int map = Math.toIntExact(features(images).size(1));
    dense = add(new LinearImpl(map, Work.CLASSES));
    if (format == torch.MemoryFormat.ChannelsLast) {
      for (Module module : modules) {
        useChannelsLast(module);
      }
    }
    NetworkProblem.checkParameters(work, parameterCount());
  }

  private <T extends Module> T add(T module) {
    modules.add(module);
    return module;
  }

  private static void useChannelsLast(Module module) {
    TensorVector parameters = module.parameters();
    for (long i = 0; i < parameters.size(); i++) {
      Tensor parameter = parameters.get(i);
      if (parameter.dim() == 4) {
        parameter.set_data(parameter.data().contiguous(torch.MemoryFormat.ChannelsLast));
      }
    }
  }

  /** Returns all trained parameters. */
  TensorVector parameters() {
    TensorVector all = new TensorVector();
    for (Module module : modules) {
      TensorVector parameters = module.parameters();
      for (long i = 0; i < parameters.size(); i++) {
        all.push_back(parameters.get(i));
      }
    }
    return all;
  }

  private long parameterCount() {
    TensorVector parameters = parameters();
    long count = 0;
    for (long i = 0; i < parameters.size(); i++) {
      count += parameters.get(i).numel();
    }
    return count;
  }

  /** Switches to training or to inference. */
  void train(boolean training) {
    for (Module module : modules) {
      module.train(training);
    }
  }

  /** Returns the logits [N,6] of the images. */
  Tensor forward() {
    return dense.forward(features(images));
  }

  private Tensor features(Tensor x) {
    Tensor y = stem.forward(x).relu_();
    y =
        torch.max_pool2d(
            y, new long[] {3, 3}, new long[] {2, 2}, new long[] {0, 0}, new long[] {1, 1}, false);
    for (Bottleneck block : blocks) {
      y = block.forward(y);
    }
    y =
        torch.avg_pool2d(
            y,
            new long[] {2, 2},
            new long[] {2, 2},
            new long[] {0, 0},
            true,
            false,
            new LongOptional());
    return y.flatten(1, -1);
  }

  private final class ConvBn {
    private final Conv2dImpl conv;
    private final BatchNorm2dImpl bn;

    ConvBn(int ic, int oc, int window, int stride, int padding) {
      Conv2dOptions options = new Conv2dOptions(ic, oc, square(window));
      options.stride().put(square(stride));
      options.padding().put(square(padding));
      conv = add(new Conv2dImpl(options));
      BatchNormOptions norm = new BatchNormOptions(oc);
      norm.eps().put(EPSILON);
      bn = add(new BatchNorm2dImpl(norm));
    }

    Tensor forward(Tensor x) {
      return bn.forward(conv.forward(x));
    }

    private static LongPointer square(long side) {
      return new LongPointer(side, side);
    }
  }

  private final class Bottleneck {
    private final ConvBn a;
    private final ConvBn b;
    private final ConvBn c;
    private final ConvBn projection;

    Bottleneck(int channels, int filters, int stride, boolean projects) {
      a = new ConvBn(channels, filters, 1, stride, 0);
      b = new ConvBn(filters, filters, 3, 1, 1);
      c = new ConvBn(filters, EXPANSION * filters, 1, 1, 0);
      projection = projects ? new ConvBn(channels, EXPANSION * filters, 1, stride, 0) : null;
    }

    Tensor forward(Tensor x) {
      Tensor y = c.forward(b.forward(a.forward(x).relu_()).relu_());
      return y.add_(projection == null ? x : projection.forward(x)).relu_();
    }
  }
}
