package dev.lanewise.kernel.norm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.TaskSizes;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** out = activation(bn(y) + shortcut), where the shortcut may be absent, a tensor, or bn1(y1). */
public final class JoinKernel implements Task {
  private final Scratch scratch;
  private final NormState norm;
  private final Tensor y;
  private final NormState shortcutNorm;
  private final Tensor shortcut;
  private final float floor;
  private final Tensor out;
  private final int channels;
  private final int pixelsPerTask;

  /**
   * Prepares a join.
   *
   * @param shortcutNorm null where the shortcut has no normalisation
   * @param shortcut null where there is none
   * @param out [N,H,W,C] as y and shortcut
   */
  public JoinKernel(
      Scratch scratch,
      NormState norm,
      Tensor y,
      NormState shortcutNorm,
      Tensor shortcut,
      boolean relu,
      Tensor out) {
    this.scratch = scratch;
    this.norm = norm;
    this.y = y;
    this.shortcutNorm = shortcutNorm;
    this.shortcut = shortcut;
    this.floor = NormState.floor(relu);
    this.out = out;
    this.channels = norm.channels;
    this.pixelsPerTask = TaskSizes.pixels(channels);
  }

  /** Writes out. */
  public void forward() {
    scratch.pool().run(Lanes.ceilDiv(y.shape().pixels(), pixelsPerTask), this);
  }

  @Override
  public void run(int index, int thread) {
    int from = index * pixelsPerTask;
    int to = Math.min(y.shape().pixels(), from + pixelsPerTask);
    for (int pixel = from; pixel < to; pixel++) {
      int vectors = Lanes.floor(channels);
      for (int c = 0; c < vectors; c += LANES) {
        vector(pixel * channels, c);
      }
      for (int c = vectors; c < channels; c++) {
        scalar(pixel * channels, c);
      }
    }
  }

  private void vector(int at, int c) {
    FloatVector z =
        FloatVector.fromArray(SPECIES, y.data(), y.offset() + at + c)
            .fma(
                FloatVector.fromArray(SPECIES, norm.scale, c),
                FloatVector.fromArray(SPECIES, norm.shift, c));
    if (shortcut != null) {
      FloatVector s = FloatVector.fromArray(SPECIES, shortcut.data(), shortcut.offset() + at + c);
      if (shortcutNorm != null) {
        s =
            s.fma(
                FloatVector.fromArray(SPECIES, shortcutNorm.scale, c),
                FloatVector.fromArray(SPECIES, shortcutNorm.shift, c));
      }
      z = z.add(s);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    z.blend(least, z.compare(VectorOperators.LE, least))
        .intoArray(out.data(), out.offset() + at + c);
  }

  private void scalar(int at, int c) {
    float z = Math.fma(y.data()[y.offset() + at + c], norm.scale[c], norm.shift[c]);
    if (shortcut != null) {
      float s = shortcut.data()[shortcut.offset() + at + c];
      z += shortcutNorm == null ? s : Math.fma(s, shortcutNorm.scale[c], shortcutNorm.shift[c]);
    }
    out.data()[out.offset() + at + c] = z <= floor ? floor : z;
  }
}
