package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import java.util.Arrays;

/**
 * A copy of a map with few channels within its border of zeros, as the images that a stem reads:
 * all windows lie inside, and a row of a window is one run of values, which is copied into a panel
 * without looking at the border.
 */
public final class PaddedMap implements Task {
  /** Channels from which on a tap by itself is a run that is long enough. */
  private static final int FEW = 16;

  private final Scratch scratch;
  private final Window window;
  private final Shape src;
  private final Shape padded;

  private Operand from;
  private Operand copy;

  /**
   * Plans the copy.
   *
   * @param src shape of the map
   * @param dst shape of the convolution's result
   */
  public PaddedMap(Scratch scratch, Window window, Shape src, Shape dst) {
    this.scratch = scratch;
    this.window = window;
    this.src = src;
    this.padded =
        new Shape(
            src.n(),
            (dst.h() - 1) * window.sh() + window.kh(),
            (dst.w() - 1) * window.sw() + window.kw(),
            src.c());
  }

  /** Returns whether the copy costs less than it saves. */
  public static boolean pays(Window window, Shape src) {
    return src.c() < FEW && window.kw() > 1 && !window.isDilated();
  }

  /** Returns the windows of the forward pass over the copy. */
  public Gather gather() {
    return new PaddedGather(padded, window);
  }

  /** Copies src; the next call overwrites what is returned. */
  public Operand copy(Operand src) {
    // Copies of the last run may read up to a vector behind it.
    float[] data = scratch.map(padded.size() + Lanes.LANES);
    if (copy == null || copy.tensor().data() != data) {
      copy = Operand.of(new Tensor(data, Arena.FIRST, padded));
    }
    from = src;
    scratch.pool().run(padded.n() * padded.h(), this);
    from = null;
    return copy;
  }

  /** Writes one row of an image, or of the border. */
  @Override
  public void run(int index, int thread) {
    int channels = padded.c();
    float[] data = copy.tensor().data();
    int to = copy.tensor().offset() + index * padded.w() * channels;
    int end = to + padded.w() * channels;
    int h = index % padded.h() - window.padTop(src.h());
    if (h < 0 || h >= src.h()) {
      Arrays.fill(data, to, end, 0f);
      return;
    }
    int left = Math.min(window.padLeft(src.w()), padded.w());
    int pixels = Math.min(src.w(), padded.w() - left);
    int first = to + left * channels;
    Arrays.fill(data, to, first, 0f);
    int pixel = (index / padded.h() * src.h() + h) * src.w();
    if (from.runsOverPixels()) {
      from.copy(pixel, 0, pixels * channels, data, first);
    } else {
      from.copyRows(pixel, pixels, 0, channels, data, first, channels);
    }
    Arrays.fill(data, first + pixels * channels, end, 0f);
  }
}
