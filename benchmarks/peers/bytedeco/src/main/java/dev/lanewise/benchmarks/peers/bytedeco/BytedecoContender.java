package dev.lanewise.benchmarks.peers.bytedeco;

import dev.lanewise.benchmarks.peers.Contender;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.global.torch;

/**
 * PyTorch's C++ library through Bytedeco's bindings. Activations are planes (NCHW), PyTorch's
 * default; in the variant {@value #CHANNELS_LAST} they are NHWC, as PyTorch names it.
 */
public final class BytedecoContender implements Contender {
  private static final String CHANNELS_LAST = "channels-last";

  private torch.MemoryFormat format;

  /** Made by the child process. */
  public BytedecoContender() {}

  @Override
  public String start(int threads, String variant) {
    torch.set_num_threads(threads);
    torch.set_num_interop_threads(1);
    torch.manual_seed(1);
    format =
        variant.equals(CHANNELS_LAST)
            ? torch.MemoryFormat.ChannelsLast
            : torch.MemoryFormat.Contiguous;
    String config = torch.show_config().getString();
    return "PyTorch "
        + part(config, "TORCH_VERSION=([\\d.]+)")
        + " by Bytedeco, BLAS "
        + part(config, "BLAS_INFO=(\\w+)")
        + ", oneDNN "
        + part(config, "MKL-DNN v([\\d.]+)")
        + ", "
        + part(config, "CPU capability usage: (\\w+)");
  }

  private static String part(String config, String pattern) {
    Matcher m = Pattern.compile(pattern).matcher(config);
    return m.find() ? m.group(1) : "unknown";
  }

  @Override
  public boolean does(Work work) {
    // A product of matrices has no planes.
    return work.kind().isNetwork() || work.window() > 1 || format == torch.MemoryFormat.Contiguous;
  }

  @Override
  public Task prepare(Work work) {
    return switch (work.kind()) {
      case TRAINING -> new TorchTraining(work, format);
      case INFERENCE -> new TorchInference(work, format);
      default -> work.window() == 1 ? new TorchProduct(work) : new TorchConvolution(work, format);
    };
  }
}
