package dev.lanewise.kernel.pool;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.TaskSizes.CHUNK_ROWS;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Max and average pooling. Places outside the input never win a maximum, unless they count as
 * zeros, and do not count in an average.
 *
 * <p>Backward, each input pixel gathers from the windows that hold it, so that no two threads write
 * to the same place and sums have a fixed order.
 */
public final class PoolKernel {
  /** Floats per thread: a tile of gradients, or channels that are pooled at a time. */
  private static final int LOCAL = CHUNK_ROWS * NR;

  private final Scratch scratch;
  private final boolean max;
  private final boolean zeros;
  private final Epilogue store = Epilogue.store();
  private final Task forward = this::forwardRow;
  private final Task backward = this::backwardChunk;

  private Window window;
  private Shape in;
  private Shape out;
  private int padTop;
  private int padLeft;

  private Operand src;
  private Tensor dst;
  private Tensor argmax;
  private Tensor dDst;
  private Epilogue epilogue;

  /**
   * Creates a pooling for which places outside the input do not count.
   *
   * @param max whether the largest value is taken, else the average
   */
  public PoolKernel(Scratch scratch, boolean max) {
    this(scratch, max, false);
  }

  /**
   * Creates a pooling.
   *
   * @param max whether the largest value is taken, else the average
   * @param zeros whether places outside the input count as zeros in a maximum
   */
  public PoolKernel(Scratch scratch, boolean max, boolean zeros) {
    scratch.reserve(LOCAL);
    this.scratch = scratch;
    this.max = max;
    this.zeros = zeros;
  }

  private void plan(Window window, Shape in, Shape out) {
    this.window = window;
    this.in = in;
    this.out = out;
    this.padTop = window.padTop(in.h());
    this.padLeft = window.padLeft(in.w());
  }

  /**
   * Writes dst.
   *
   * @param src read as [N,IH,IW,C]
   * @param dst [N,OH,OW,C]
   * @param argmax as dst: receives the place in the window, kh*KW + kw, of each maximum; the first
   *     one where several are equal; null where nobody asks
   */
  public void forward(Window window, Operand src, Tensor dst, Tensor argmax) {
    plan(window, src.tensor().shape(), dst.shape());
    this.src = src;
    this.dst = dst;
    this.argmax = argmax;
    scratch.pool().run(out.n() * out.h(), forward);
  }

  private void forwardRow(int index, int thread) {
    int n = index / out.h();
    int oh = index % out.h();
    int channels = out.c();
    for (int ow = 0; ow < out.w(); ow++) {
      int pixel = (n * out.h() + oh) * out.w() + ow;
      // Channels that fit the thread's memory at a time.
      for (int c = 0; c < channels; c += LOCAL) {
        pool(n, oh, ow, pixel, c, Math.min(LOCAL, channels - c), thread);
      }
    }
  }

  private void pool(int n, int oh, int ow, int pixel, int channel, int count, int thread) {
    float[] values = scratch.local();
    int valuesAt = scratch.localAt(thread);
    int dstAt = dst.offset() + pixel * out.c() + channel;
    int argmaxAt = argmax == null ? 0 : argmax.offset() + pixel * out.c() + channel;
    int seen = 0;
    for (int kh = 0; kh < window.kh(); kh++) {
      int h = oh * window.sh() - padTop + kh;
      for (int kw = 0; kw < window.kw(); kw++) {
        int w = ow * window.sw() - padLeft + kw;
        if (h >= 0 && h < in.h() && w >= 0 && w < in.w()) {
          src.copy((n * in.h() + h) * in.w() + w, channel, count, values, valuesAt);
        } else if (zeros) {
          Arrays.fill(values, valuesAt, valuesAt + count, 0f);
        } else {
          continue;
        }
        if (max) {
          takeLargest(values, valuesAt, count, kh * window.kw() + kw, seen == 0, dstAt, argmaxAt);
        } else {
          addUp(values, valuesAt, count, seen == 0, dstAt);
        }
        seen++;
      }
    }
    if (!max) {
      divide(dstAt, count, seen);
    }
  }

  private void takeLargest(
      float[] values, int at, int count, int tap, boolean first, int dstAt, int argmaxAt) {
    float[] best = dst.data();
    int vectors = Lanes.floor(count);
    for (int c = 0; c < vectors; c += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, values, at + c);
      FloatVector old = first ? v : FloatVector.fromArray(SPECIES, best, dstAt + c);
      VectorMask<Float> keeps = v.compare(VectorOperators.LE, old);
      v.blend(old, keeps).intoArray(best, dstAt + c);
      if (argmax != null) {
        FloatVector here = FloatVector.broadcast(SPECIES, tap);
        FloatVector before =
            first ? here : FloatVector.fromArray(SPECIES, argmax.data(), argmaxAt + c);
        here.blend(before, keeps).intoArray(argmax.data(), argmaxAt + c);
      }
    }
    for (int c = vectors; c < count; c++) {
      float v = values[at + c];
      if (first || !(v <= best[dstAt + c])) {
        best[dstAt + c] = v;
        if (argmax != null) {
          argmax.data()[argmaxAt + c] = tap;
        }
      }
    }
  }

  private void addUp(float[] values, int at, int count, boolean first, int dstAt) {
    float[] sum = dst.data();
    if (first) {
      System.arraycopy(values, at, sum, dstAt, count);
      return;
    }
    int vectors = Lanes.floor(count);
    for (int c = 0; c < vectors; c += LANES) {
      FloatVector.fromArray(SPECIES, sum, dstAt + c)
          .add(FloatVector.fromArray(SPECIES, values, at + c))
          .intoArray(sum, dstAt + c);
    }
    for (int c = vectors; c < count; c++) {
      sum[dstAt + c] += values[at + c];
    }
  }

  private void divide(int dstAt, int count, int seen) {
    float[] sum = dst.data();
    for (int c = 0; c < count; c++) {
      sum[dstAt + c] /= seen;
    }
  }

  /**
   * dSrc = epilogue(gradient of forward's input).
   *
   * @param dDst gradient of the output, [N,OH,OW,C]
   * @param argmax what forward left; null for an average
   * @param dSrc [N,IH,IW,C], overwritten
   * @param epilogue null to store the gradient as it is
   */
  public void backward(Window window, Tensor dDst, Tensor argmax, Tensor dSrc, Epilogue epilogue) {
    plan(window, dSrc.shape(), dDst.shape());
    this.dDst = dDst;
    this.argmax = argmax;
    this.epilogue = epilogue == null ? store : epilogue;
    int chunks = Lanes.ceilDiv(in.pixels(), CHUNK_ROWS);
    this.epilogue.bind(dSrc, chunks);
    scratch.pool().run(chunks, backward);
  }

  private void backwardChunk(int chunk, int thread) {
    int first = chunk * CHUNK_ROWS;
    int rows = Math.min(CHUNK_ROWS, in.pixels() - first);
    int[] pixels = scratch.pixels(thread);
    for (int r = 0; r < rows; r++) {
      pixels[r] = first + r;
    }
    float[] tile = scratch.local();
    int at = scratch.localAt(thread);
    for (int channel = 0; channel < in.c(); channel += NR) {
      int width = Math.min(NR, in.c() - channel);
      for (int r = 0; r < rows; r++) {
        Arrays.fill(tile, at + r * NR, at + r * NR + width, 0f);
        gatherGradient(first + r, channel, width, tile, at + r * NR);
      }
      epilogue.apply(tile, at, rows, pixels, channel, width, chunk);
    }
  }

  /** Adds up what the windows that hold a pixel give it. */
  private void gatherGradient(int pixel, int channel, int width, float[] tile, int at) {
    int w = pixel % in.w();
    int h = pixel / in.w() % in.h();
    int n = pixel / (in.w() * in.h());
    int oh1 = Math.min(out.h() - 1, (h + padTop) / window.sh());
    int ow1 = Math.min(out.w() - 1, (w + padLeft) / window.sw());
    for (int oh = firstWindow(h + padTop, window.kh(), window.sh()); oh <= oh1; oh++) {
      int kh = h + padTop - oh * window.sh();
      for (int ow = firstWindow(w + padLeft, window.kw(), window.sw()); ow <= ow1; ow++) {
        int kw = w + padLeft - ow * window.sw();
        int from = ((n * out.h() + oh) * out.w() + ow) * out.c() + channel;
        if (max) {
          addWhereTaken(from, kh * window.kw() + kw, width, tile, at);
        } else {
          addShare(from, placesInside(oh, ow), width, tile, at);
        }
      }
    }
  }

  private static int firstWindow(int position, int k, int s) {
    return position < k ? 0 : Lanes.ceilDiv(position - k + 1, s);
  }

  private int placesInside(int oh, int ow) {
    int h0 = oh * window.sh() - padTop;
    int w0 = ow * window.sw() - padLeft;
    int rows = Math.min(in.h(), h0 + window.kh()) - Math.max(0, h0);
    int columns = Math.min(in.w(), w0 + window.kw()) - Math.max(0, w0);
    return rows * columns;
  }

  private void addWhereTaken(int from, int tap, int width, float[] tile, int at) {
    float[] gradient = dDst.data();
    float[] taken = argmax.data();
    int vectors = Lanes.floor(width);
    for (int c = 0; c < vectors; c += LANES) {
      VectorMask<Float> here =
          FloatVector.fromArray(SPECIES, taken, argmax.offset() + from + c)
              .compare(VectorOperators.EQ, (float) tap);
      FloatVector t = FloatVector.fromArray(SPECIES, tile, at + c);
      FloatVector g = FloatVector.fromArray(SPECIES, gradient, dDst.offset() + from + c);
      t.blend(t.add(g), here).intoArray(tile, at + c);
    }
    for (int c = vectors; c < width; c++) {
      if (taken[argmax.offset() + from + c] == tap) {
        tile[at + c] += gradient[dDst.offset() + from + c];
      }
    }
  }

  private void addShare(int from, int places, int width, float[] tile, int at) {
    float[] gradient = dDst.data();
    int vectors = Lanes.floor(width);
    for (int c = 0; c < vectors; c += LANES) {
      FloatVector.fromArray(SPECIES, gradient, dDst.offset() + from + c)
          .div((float) places)
          .add(FloatVector.fromArray(SPECIES, tile, at + c))
          .intoArray(tile, at + c);
    }
    for (int c = vectors; c < width; c++) {
      tile[at + c] += gradient[dDst.offset() + from + c] / places;
    }
  }
}
