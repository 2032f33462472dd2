package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.MaskedEpilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Philox;

/**
 * A dropout in a training pass. Which values it leaves out is a function of the seed of the pass's
 * step, the layer's number and the value's index in the batch, whoever computes it.
 */
public final class DropoutTraining extends LayerTraining implements Task {
  /** Values that a part has at least: the work of some microseconds. */
  private static final int VALUES = 1 << 10;

  private static final int GROUP = 4;
  private static final double WORDS = 0x1p32;

  private final Dropout layer;
  private final TrainingContext context;
  private final int[][] words;
  private final long least;
  private final float gain;

  private Operand src;
  private Tensor dst;
  private Tensor mask;
  private int pixels;

  DropoutTraining(Dropout layer, TrainingContext context, LayerTraining source) {
    super(context, layer, source);
    this.layer = layer;
    this.context = context;
    this.words = new int[context.scratch().pool().threads()][GROUP];
    this.least = (long) (layer.rate() * WORDS);
    this.gain = (float) (1 / (1 - layer.rate()));
  }

  /**
   * dst = mask * src in training, where the mask is 0 or 1 / (1 - rate); else dst = src.
   *
   * @param src read as [N,H,W,C]
   * @param dst of src's shape, overwritten
   * @param mask of src's shape; keeps the factors for the gradient
   */
  public void forward(Operand src, Tensor dst, Tensor mask) {
    this.src = src;
    this.dst = dst;
    this.mask = mask;
    this.pixels = Math.ceilDiv(VALUES, dst.shape().c());
    context.scratch().pool().run(Math.ceilDiv(dst.shape().pixels(), pixels), this);
  }

  @Override
  public void run(int part, int thread) {
    int channels = dst.shape().c();
    int end = Math.min(dst.shape().pixels(), (part + 1) * pixels);
    for (int pixel = part * pixels; pixel < end; pixel++) {
      int first = pixel * channels;
      src.copy(pixel, 0, channels, dst.data(), dst.offset() + first);
      if (context.training()) {
        drop(first, channels, words[thread]);
      }
    }
  }

  private void drop(int first, int count, int[] group) {
    long drawn = -1;
    for (int i = first; i < first + count; i++) {
      if (i / GROUP != drawn) {
        drawn = i / GROUP;
        Philox.words(context.dropoutSeed(), layer.number(), drawn, group);
      }
      boolean stays = Integer.toUnsignedLong(group[i % GROUP]) >= least;
      float factor = stays ? gain : 0;
      mask.data()[mask.offset() + i] = factor;
      dst.data()[dst.offset() + i] *= factor;
    }
  }

  /**
   * {@return what makes the gradient of the input of that of the output}
   *
   * @param mask as {@link #forward} left it
   * @param next what the layer below needs of it; null to store the gradient as it is
   */
  public Epilogue gradient(Tensor mask, Epilogue next) {
    return new MaskedEpilogue(mask, next);
  }
}
