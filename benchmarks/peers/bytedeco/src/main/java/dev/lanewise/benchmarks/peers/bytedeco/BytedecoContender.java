package dev.lanewise.benchmarks.peers.bytedeco;

import dev.lanewise.benchmarks.peers.Contender;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.global.torch;

/**
 * PyTorch's C++ library through Bytedeco's bindings. Activations are planes (NCHW), PyTorch's
 * default; in the variant {@value #CHANNELS_LAST} they are NHWC, as PyTorch names it, and in the
 * variant {@value #BF16} so are those, with what PyTorch casts to bfloat16 by itself.
 */
public final class BytedecoContender implements Contender {
  private static final String CHANNELS_LAST = "channels-last";
  private static final String BF16 = "bf16-autocast";

  private torch.MemoryFormat format;
  private boolean autocast;

  /** Made by the child process. */
  public BytedecoContender() {}

  @Override
  public String start(int threads, String variant) {
    torch.set_num_threads(threads);
    torch.set_num_interop_threads(1);
    torch.manual_seed(1);
    autocast = variant.equals(BF16);
    if (autocast) {
      torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
    }
    format =
        autocast || variant.equals(CHANNELS_LAST)
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
    return work.kind().isNetwork() || !autocast;
  }

  @Override
  public Task prepare(Work work) {
    return switch (work.kind()) {
      case TRAINING -> new TorchTraining(work, format, autocast);
      case INFERENCE -> new TorchInference(work, format, autocast);
      default ->
          // In planes, a window of one pixel is a product of OpenBLAS; else all is oneDNN's.
          work.window() == 1 && format == torch.MemoryFormat.Contiguous
              ? new TorchProduct(work)
              : new TorchConvolution(work, format);
    };
  }
}
