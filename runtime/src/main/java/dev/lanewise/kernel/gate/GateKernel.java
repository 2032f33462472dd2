package dev.lanewise.kernel.gate;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.TaskSizes.CHUNK_ROWS;
import static dev.lanewise.kernel.TaskSizes.SUMMED_PIXELS;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Pointwise;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The gradients of u = a * g, where g has a value for each image and channel: of g over all pixels
 * of an image, and of a, to which that of a's average is added, since g is made of it.
 */
public final class GateKernel {
  /** Channels of a task. */
  private static final int WIDTH = NR;

  private final Scratch scratch;
  private final Epilogue store = Epilogue.store();
  private final Task gate = this::gate;
  private final Task map = this::map;

  private Tensor du;
  private Operand a;
  private Tensor r;
  private Pointwise function;
  private Tensor g;
  private Tensor ds;
  private float gain = 1;
  private Epilogue epilogue;

  /** Creates the kernel. */
  public GateKernel(Scratch scratch) {
    this.scratch = scratch;
    scratch.reserve(CHUNK_ROWS * NR);
  }

  /**
   * Multiplies g, until another gain is set.
   *
   * @param gain 1 for g as it is
   */
  public void setGain(float gain) {
    this.gain = gain;
  }

  /**
   * g = function(r) * gain.
   *
   * @param r [N,1,1,C]
   * @param g [N,1,1,C], overwritten
   */
  public void forward(Tensor r, Tensor g, Pointwise function) {
    float[] values = g.data();
    int count = g.shape().size();
    for (int i = 0; i < count; i++) {
      values[g.offset() + i] = function.clamp(r.data()[r.offset() + i]);
    }
    if (function.curved()) {
      function.forward(values, g.offset(), count);
    }
    for (int i = 0; i < count; i++) {
      values[g.offset() + i] *= gain;
    }
  }

  /**
   * r becomes its own gradient: function'(r) * gain * sum of du * a.
   *
   * @param du gradient of u, [N,H,W,C]
   * @param a read as [N,H,W,C]
   * @param r [N,1,1,C], overwritten
   */
  public void backwardGate(Tensor du, Operand a, Tensor r, Pointwise function) {
    this.du = du;
    this.a = a;
    this.r = r;
    this.function = function;
    scratch.pool().run(r.shape().n() * Lanes.ceilDiv(r.shape().c(), WIDTH), gate);
  }

  private void gate(int index, int thread) {
    Shape shape = du.shape();
    int channels = shape.c();
    int blocks = Lanes.ceilDiv(channels, WIDTH);
    int image = index / blocks;
    int channel = index % blocks * WIDTH;
    int width = Math.min(WIDTH, channels - channel);
    int pixels = shape.h() * shape.w();
    float[] local = scratch.local();
    // The image's sums, a part's sums, and a pixel's values.
    int total = scratch.localAt(thread);
    int part = total + WIDTH;
    int values = part + WIDTH;
    Arrays.fill(local, total, total + width, 0f);
    for (int first = 0; first < pixels; first += SUMMED_PIXELS) {
      int last = Math.min(pixels, first + SUMMED_PIXELS);
      Arrays.fill(local, part, part + width, 0f);
      for (int pixel = image * pixels + first; pixel < image * pixels + last; pixel++) {
        a.copy(pixel, channel, width, local, values);
        int from = du.offset() + pixel * channels + channel;
        int vectors = Lanes.floor(width);
        for (int i = 0; i < vectors; i += LANES) {
          FloatVector.fromArray(SPECIES, du.data(), from + i)
              .fma(
                  FloatVector.fromArray(SPECIES, local, values + i),
                  FloatVector.fromArray(SPECIES, local, part + i))
              .intoArray(local, part + i);
        }
        for (int i = vectors; i < width; i++) {
          local[part + i] = Math.fma(du.data()[from + i], local[values + i], local[part + i]);
        }
      }
      for (int i = 0; i < width; i++) {
        local[total + i] += local[part + i];
      }
    }
    for (int i = 0; i < width; i++) {
      local[total + i] *= gain;
    }
    int at = r.offset() + image * channels + channel;
    function.backward(local, total, r.data(), at, width);
    for (int i = 0; i < width; i++) {
      boolean passes = function.passes(r.data()[at + i]);
      r.data()[at + i] = passes ? local[total + i] : 0;
    }
  }

  /**
   * da = epilogue(du * g + ds / pixels).
   *
   * @param du gradient of u, [N,H,W,C]
   * @param g [N,1,1,C]
   * @param ds gradient of each image's average of a, [N,1,1,C]
   * @param da [N,H,W,C], overwritten; may be du
   * @param epilogue null to store the sum as it is
   */
  public void backwardMap(Tensor du, Tensor g, Tensor ds, Tensor da, Epilogue epilogue) {
    this.du = du;
    this.g = g;
    this.ds = ds;
    this.epilogue = epilogue == null ? store : epilogue;
    int chunks = Lanes.ceilDiv(du.shape().pixels(), CHUNK_ROWS);
    this.epilogue.bind(da, chunks);
    scratch.pool().run(chunks, map);
  }

  private void map(int chunk, int thread) {
    Shape shape = du.shape();
    int channels = shape.c();
    int first = chunk * CHUNK_ROWS;
    int rows = Math.min(CHUNK_ROWS, shape.pixels() - first);
    int[] pixels = scratch.pixels(thread);
    for (int row = 0; row < rows; row++) {
      pixels[row] = first + row;
    }
    float[] tile = scratch.local();
    int at = scratch.localAt(thread);
    for (int channel = 0; channel < channels; channel += NR) {
      int width = Math.min(NR, channels - channel);
      for (int row = 0; row < rows; row++) {
        form(first + row, channel, width, tile, at + row * NR);
      }
      epilogue.apply(tile, at, rows, pixels, channel, width, chunk);
    }
  }

  private void form(int pixel, int channel, int width, float[] tile, int at) {
    Shape shape = du.shape();
    int ofImage = shape.h() * shape.w();
    float share = 1f / ofImage;
    int from = du.offset() + pixel * shape.c() + channel;
    int image = pixel / ofImage * shape.c() + channel;
    int vectors = Lanes.floor(width);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector average =
          FloatVector.fromArray(SPECIES, ds.data(), ds.offset() + image + i).mul(share);
      FloatVector.fromArray(SPECIES, du.data(), from + i)
          .fma(FloatVector.fromArray(SPECIES, g.data(), g.offset() + image + i), average)
          .intoArray(tile, at + i);
    }
    for (int i = vectors; i < width; i++) {
      float average = ds.data()[ds.offset() + image + i] * share;
      tile[at + i] = Math.fma(du.data()[from + i], g.data()[g.offset() + image + i], average);
    }
  }
}
