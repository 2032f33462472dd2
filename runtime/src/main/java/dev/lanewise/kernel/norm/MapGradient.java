package dev.lanewise.kernel.norm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.TaskSizes.CHUNK_ROWS;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of a map x that was normalised where it lay, tile by tile: what {@link
 * InputGradientFormation} forms over its input is here added to another gradient of x, and handed
 * to the epilogue that the maker of x wants. So x stays.
 */
public final class MapGradient implements Task {
  private final Epilogue store = Epilogue.store();
  private final Scratch scratch;
  private final NormState norm;

  private Tensor dz;
  private Tensor x;
  private Tensor addend;
  private Epilogue epilogue;

  /**
   * Prepares the pass.
   *
   * @param norm whose coefficients of the gradient are used
   */
  public MapGradient(Scratch scratch, NormState norm) {
    scratch.reserve(CHUNK_ROWS * NR);
    this.scratch = scratch;
    this.norm = norm;
  }

  /**
   * dx = epilogue(gradient of bn(x) + addend); x stays.
   *
   * @param dz gradient of bn(x), [N,H,W,C]
   * @param x [N,H,W,C]
   * @param addend [N,H,W,C]; null for none
   * @param dx [N,H,W,C], overwritten; may be dz or addend
   * @param epilogue null to store the sum as it is
   */
  public void run(Tensor dz, Tensor x, Tensor addend, Tensor dx, Epilogue epilogue) {
    this.dz = dz;
    this.x = x;
    this.addend = addend;
    this.epilogue = epilogue == null ? store : epilogue;
    int chunks = Lanes.ceilDiv(x.shape().pixels(), CHUNK_ROWS);
    this.epilogue.bind(dx, chunks);
    scratch.pool().run(chunks, this);
  }

  @Override
  public void run(int chunk, int thread) {
    int channels = norm.channels;
    int first = chunk * CHUNK_ROWS;
    int rows = Math.min(CHUNK_ROWS, x.shape().pixels() - first);
    int[] pixels = scratch.pixels(thread);
    for (int r = 0; r < rows; r++) {
      pixels[r] = first + r;
    }
    float[] tile = scratch.local();
    int at = scratch.localAt(thread);
    for (int channel = 0; channel < channels; channel += NR) {
      int width = Math.min(NR, channels - channel);
      for (int r = 0; r < rows; r++) {
        form(first + r, channel, width, tile, at + r * NR);
      }
      epilogue.apply(tile, at, rows, pixels, channel, width, chunk);
    }
  }

  /** Forms some channels of one pixel. */
  private void form(int pixel, int channel, int width, float[] tile, int at) {
    int dzAt = dz.offset() + pixel * dz.pitch() + channel;
    int xAt = x.offset() + pixel * x.pitch() + channel;
    int addendAt = addend == null ? 0 : addend.offset() + pixel * addend.pitch() + channel;
    int vectors = Lanes.floor(width);
    for (int i = 0; i < vectors; i += LANES) {
      int c = channel + i;
      FloatVector g =
          FloatVector.fromArray(SPECIES, dz.data(), dzAt + i)
              .fma(
                  FloatVector.fromArray(SPECIES, norm.scale, c),
                  FloatVector.fromArray(SPECIES, norm.constant, c));
      FloatVector d =
          FloatVector.fromArray(SPECIES, x.data(), xAt + i)
              .sub(FloatVector.fromArray(SPECIES, norm.mean, c))
              .fma(FloatVector.fromArray(SPECIES, norm.slope, c), g);
      if (addend != null) {
        d = d.add(FloatVector.fromArray(SPECIES, addend.data(), addendAt + i));
      }
      d.intoArray(tile, at + i);
    }
    for (int i = vectors; i < width; i++) {
      int c = channel + i;
      float g = Math.fma(dz.data()[dzAt + i], norm.scale[c], norm.constant[c]);
      float d = Math.fma(x.data()[xAt + i] - norm.mean[c], norm.slope[c], g);
      tile[at + i] = addend == null ? d : d + addend.data()[addendAt + i];
    }
  }
}
