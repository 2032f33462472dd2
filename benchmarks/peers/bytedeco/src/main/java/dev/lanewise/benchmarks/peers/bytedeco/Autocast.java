package dev.lanewise.benchmarks.peers.bytedeco;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A part of a computation in which PyTorch casts to bfloat16 what it thinks fit, as its {@code
 * torch.autocast} does. Weights are cast once within it.
 */
final class Autocast implements AutoCloseable {
  private final boolean on;

  Autocast(boolean on) {
    this.on = on;
    if (on) {
      torch.set_autocast_enabled(torch.DeviceType.CPU, true);
      torch.increment_nesting();
    }
  }

  /** Returns a result in float32. */
  Tensor full(Tensor result) {
    return on ? result.to(torch.ScalarType.Float) : result;
  }

  @Override
  public void close() {
    if (on) {
      if (torch.decrement_nesting() == 0) {
        torch.clear_cache();
      }
      torch.set_autocast_enabled(torch.DeviceType.CPU, false);
    }
  }
}
