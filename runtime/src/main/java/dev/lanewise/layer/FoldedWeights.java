package dev.lanewise.layer;

import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.kernel.winograd.FixedFilter;
import dev.lanewise.tensor.Arena;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A network's weights for inference: normalisations are folded into the convolutions before them,
 * and what Winograd's method makes of 3x3 kernels is kept. Any number of inference passes may read
 * one copy at the same time.
 *
 * <p>They follow the parameters: {@link #refresh}, with which each inference begins, folds anew
 * where parameters have changed. Parameters must not be changed while a pass reads the weights.
 */
public final class FoldedWeights {
  private final ParameterStore store;
  private final Consumer<FoldedWeights> folding;
  private final PassMemory memory;
  private final boolean inPlace;
  private final Map<Conv, Folded> convs = new HashMap<>();
  private final Map<BatchNorm, NormState> norms = new HashMap<>();
  private boolean keepsTransformed = true;
  private float[] values;
  private long version = -1;

  /** What a convolution reads beside its kernel. */
  static final class Folded {
    private final FixedFilter filter;
    private final float[] bias;

    Folded(Conv conv) {
      filter = new FixedFilter();
      bias = new float[conv.outputChannels()];
    }

    /** Returns what is made of the kernel for Winograd's method. */
    FixedFilter filter() {
      return filter;
    }

    /** Returns the bias, with what was folded into it. */
    float[] bias() {
      return bias;
    }
  }

  /**
   * Starts weights that are folded when they are first used.
   *
   * @param store the parameters
   * @param folding calls {@link #fold} or {@link #copy} for each layer
   * @param memory in whose array for gradients the weights lie; null for an array of their own
   */
  public FoldedWeights(ParameterStore store, Consumer<FoldedWeights> folding, PassMemory memory) {
    this(store, folding, memory, false);
  }

  private FoldedWeights(
      ParameterStore store, Consumer<FoldedWeights> folding, PassMemory memory, boolean inPlace) {
    this.store = store;
    this.folding = folding;
    this.memory = memory;
    this.inPlace = inPlace;
  }

  /**
   * Folds the normalisations into the parameters themselves, which mean nothing by themselves from
   * then on.
   *
   * @param store the parameters
   * @param folding calls {@link #fold} or {@link #copy} for each layer
   * @return weights in the parameters' own array, folded already
   */
  public static FoldedWeights inPlace(ParameterStore store, Consumer<FoldedWeights> folding) {
    FoldedWeights weights = new FoldedWeights(store, folding, null, true);
    weights.make();
    return weights;
  }

  /**
   * Folds where parameters have changed, or others have used the memory.
   *
   * @throws IllegalStateException where parameters were set after they were folded in place
   */
  public synchronized void refresh() {
    boolean lost = memory != null && !memory.holdsParametersOf(this);
    if (version == store.version() && !lost) {
      return;
    }
    if (inPlace) {
      throw new IllegalStateException("parameters were set after they were folded for good");
    }
    make();
  }

  private synchronized void make() {
    values = array();
    for (Folded conv : convs.values()) {
      conv.filter.renew();
    }
    folding.accept(this);
    version = store.version();
  }

  private float[] array() {
    if (inPlace) {
      return store.values();
    }
    if (memory != null) {
      return memory.takeParameters(this, store.end());
    }
    return values == null ? Arena.allocate(store.end()) : values;
  }

  /**
   * Chooses whether inference keeps weights that it has transformed until parameters change, as it
   * does from the start, or transforms them in each call. The latter saves memory (109 MiB for
   * ResNet50); results are the same.
   *
   * @param keep whether they are kept
   */
  public synchronized void keepTransformed(boolean keep) {
    keepsTransformed = keep;
    for (Folded conv : convs.values()) {
      conv.filter.keep(keep);
    }
  }

  /**
   * Folds a convolution.
   *
   * @param conv the convolution
   * @param bn the normalisation of its result
   */
  public void fold(Conv conv, BatchNorm bn) {
    NormState norm = new NormState(bn.channels());
    bn.useMovingStatistics(norm);
    conv.layout().scaleColumns(store.values(), norm.scale, values, conv.kernel().offset());
    float[] bias = copyBias(conv);
    for (int c = 0; c < bias.length; c++) {
      bias[c] = Math.fma(bias[c], norm.scale[c], norm.shift[c]);
    }
  }

  /**
   * Takes over a dense layer and the normalisation that follows it.
   *
   * @param dense the layer
   * @param bn its normalisation
   */
  public void fold(Dense dense, BatchNorm bn) {
    NormState norm = new NormState(bn.channels());
    bn.useMovingStatistics(norm);
    dense.layout().scaleColumns(store.values(), norm.scale, values, dense.kernel().offset());
    copy(dense.bias(), dense.bias().size());
    for (int c = 0; c < bn.channels(); c++) {
      int at = dense.bias().offset() + c;
      values[at] = Math.fma(values[at], norm.scale[c], norm.shift[c]);
    }
  }

  /**
   * Takes over a convolution that no normalisation follows.
   *
   * @param conv the convolution
   */
  public void copy(Conv conv) {
    copy(conv.kernel(), conv.layout().size());
    copyBias(conv);
  }

  /**
   * Takes over a dense layer.
   *
   * @param dense the layer
   */
  public void copy(Dense dense) {
    copy(dense.kernel(), dense.layout().size());
    copy(dense.bias(), dense.bias().size());
  }

  /**
   * Makes scale and shift of a normalisation that is folded into no convolution.
   *
   * @param bn the normalisation
   */
  public void copy(BatchNorm bn) {
    bn.useMovingStatistics(of(bn));
  }

  private void copy(Parameter parameter, int size) {
    System.arraycopy(store.values(), parameter.offset(), values, parameter.offset(), size);
  }

  private float[] copyBias(Conv conv) {
    float[] bias = of(conv).bias;
    if (conv.biased()) {
      System.arraycopy(store.values(), conv.bias().offset(), bias, 0, bias.length);
    } else {
      Arrays.fill(bias, 0);
    }
    return bias;
  }

  /** Returns the array of the kernels, indexed as the parameters. */
  float[] values() {
    return values;
  }

  synchronized Folded of(Conv conv) {
    Folded folded = convs.get(conv);
    if (folded == null) {
      folded = new Folded(conv);
      folded.filter.keep(keepsTransformed);
      convs.put(conv, folded);
    }
    return folded;
  }

  synchronized NormState of(BatchNorm bn) {
    return norms.computeIfAbsent(bn, key -> new NormState(key.channels()));
  }
}
