package dev.lanewise.layer;

import dev.lanewise.kernel.grouped.Groups;
import dev.lanewise.spec.BatchNorm.Mode;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import dev.lanewise.train.KernelInitializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/** Makes a network's layers and knows their parameters, in the order in which they were made. */
public final class Layers {
  private final double momentum;
  private final double epsilon;
  private final Mode mode;
  private final ParameterStore store = new ParameterStore();
  private final Map<Parameter, KernelInitializer> initializers = new LinkedHashMap<>();
  private final List<Conv> convs = new ArrayList<>();
  private final List<BatchNorm> batchNorms = new ArrayList<>();
  private final List<Layer> all = new ArrayList<>();

  /**
   * Starts without layers.
   *
   * @param momentum weight of the old value in batch normalisation's moving statistics
   * @param epsilon added to the variance
   * @param mode which statistics normalise
   */
  public Layers(double momentum, double epsilon, Mode mode) {
    this.momentum = momentum;
    this.epsilon = epsilon;
    this.mode = mode;
  }

  /** {@return the layers' parameters} */
  public ParameterStore store() {
    return store;
  }

  /** {@return the number, from 1, of the convolution that is made next} */
  public int nextConv() {
    return convs.size() + 1;
  }

  /** {@return the number, from 1, of the batch normalisation that is made next} */
  public int nextBatchNorm() {
    return batchNorms.size() + 1;
  }

  /**
   * Makes a convolution from ic to oc channels.
   *
   * @param name the layer's name
   * @param window size, strides and padding
   * @param ic channels of the input
   * @param oc channels of the output
   * @param bias whether a bias is added
   * @param initializer draws the kernel
   * @return the new layer
   */
  public Conv conv(
      String name, Window window, int ic, int oc, boolean bias, KernelInitializer initializer) {
    return conv(name, window, 1, ic, oc, bias, initializer);
  }

  /**
   * Makes a convolution from ic to oc channels in groups, whose outputs read the group's inputs
   * alone.
   *
   * @param name the layer's name
   * @param window size, strides and padding
   * @param groups number of groups; ic for a depthwise convolution
   * @param ic channels of the input
   * @param oc channels of the output
   * @param bias whether a bias is added
   * @param initializer draws the kernel
   * @return the new layer
   * @throws IllegalArgumentException where groups do not divide ic and oc
   */
  public Conv conv(
      String name,
      Window window,
      int groups,
      int ic,
      int oc,
      boolean bias,
      KernelInitializer initializer) {
    Conv conv = new Conv(name, window, Groups.of(groups, ic, oc), store, bias);
    initializers.put(conv.kernel(), initializer);
    convs.add(conv);
    return add(conv);
  }

  /**
   * Makes a batch normalisation.
   *
   * @param name the layer's name
   * @param channels channels of the input
   * @return the new layer
   */
  public BatchNorm batchNorm(String name, int channels) {
    BatchNorm bn = new BatchNorm(name, channels, store, momentum, epsilon, mode);
    batchNorms.add(bn);
    return add(bn);
  }

  /**
   * Makes a max pooling whose padded places never win.
   *
   * @param name the layer's name
   * @param window size, strides and padding
   * @return the new layer
   */
  public MaxPool maxPool(String name, Window window) {
    return add(new MaxPool(name, window, false));
  }

  /**
   * Makes a max pooling whose padded places count as zeros.
   *
   * @param name the layer's name
   * @param window size, strides and padding
   * @return the new layer
   */
  public MaxPool zeroPaddedMaxPool(String name, Window window) {
    return add(new MaxPool(name, window, true));
  }

  /**
   * Makes a layer that takes every sh-th row and sw-th column.
   *
   * @param sh stride between rows
   * @param sw stride between columns
   * @return the new layer, named as Keras numbers max poolings
   */
  public Subsampling subsampling(int sh, int sw) {
    long made = all.stream().filter(Subsampling.class::isInstance).count();
    return add(new Subsampling("max_pooling2d_" + (made + 1), sh, sw));
  }

  /**
   * Makes a layer that puts the channels that a block makes beside those that it reads.
   *
   * @param kept channels that the block reads
   * @param added channels that it makes
   * @param width channels that the last block of the row puts out
   * @return the new layer, named as Keras numbers concatenations
   */
  public Concatenation concatenation(int kept, int added, int width) {
    long made = all.stream().filter(Concatenation.class::isInstance).count();
    return add(new Concatenation("concatenate_" + (made + 1), kept, added, width));
  }

  /**
   * Makes a layer that multiplies a map by a value for each image and channel.
   *
   * @param name the layer's name
   * @return the new layer
   */
  public Gate gate(String name) {
    return add(new Gate(name));
  }

  /**
   * Makes an average pooling.
   *
   * @param name the layer's name
   * @param window size, strides and padding
   * @return the new layer
   */
  public AveragePool averagePool(String name, Window window) {
    return add(new AveragePool(name, window));
  }

  /**
   * Makes an average pooling over the whole map.
   *
   * @param name the layer's name
   * @return the new layer
   */
  public AveragePool globalAveragePool(String name) {
    return add(new AveragePool(name, null));
  }

  /**
   * Makes a dense layer over inputs of the given shape (of any batch size).
   *
   * @param name the layer's name
   * @param in shape of the input
   * @param units number of outputs per image
   * @param initializer draws the kernel
   * @return the new layer
   */
  public Dense dense(String name, Shape in, int units, KernelInitializer initializer) {
    Dense dense = new Dense(name, in, units, store);
    initializers.put(dense.kernel(), initializer);
    return add(dense);
  }

  /**
   * Makes a dropout.
   *
   * @param rate chance that a value is left out, from 0 to below 1
   * @return the new layer, named as Keras numbers dropouts
   */
  public Dropout dropout(double rate) {
    int number = 1 + (int) all.stream().filter(Dropout.class::isInstance).count();
    return add(new Dropout("dropout_" + number, rate, number));
  }

  private <L extends Layer> L add(L layer) {
    all.add(layer);
    return layer;
  }

  /**
   * Freezes the layers of some names, and no others.
   *
   * @param names says of a layer's name whether it is frozen
   */
  public void freeze(Predicate<String> names) {
    for (Layer layer : all) {
      layer.setFrozen(names.test(layer.name()));
    }
    for (Parameter parameter : store.parameters()) {
      parameter.setFrozen(names.test(parameter.layer()));
    }
  }

  /**
   * Chooses how fast the moving statistics of all batch normalisations follow the batches'.
   *
   * @param momentum weight of the old value, from 0 to below 1
   */
  public void setBatchNormMomentum(double momentum) {
    batchNorms.forEach(bn -> bn.setMomentum(momentum));
  }

  /**
   * Has all kernels drawn, and all other parameters set to their first values, as soon as any of
   * them is asked for.
   *
   * @param seed from which each kernel's seed is made, with its layer's name
   * @param override used for all kernels instead of their own initialisers; null to use those
   */
  public void initialize(long seed, KernelInitializer override) {
    store.drawBy(() -> draw(seed, override));
  }

  private void draw(long seed, KernelInitializer override) {
    for (Parameter parameter : store.parameters()) {
      KernelInitializer own = initializers.get(parameter);
      KernelInitializer initializer = override == null || own == null ? own : override;
      parameter.setValues(
          initializer == null
              ? new float[parameter.size()]
              : initializer.draw(parameter.shape(), layerSeed(seed, parameter.layer())));
    }
    for (BatchNorm bn : batchNorms) {
      bn.initialize();
    }
  }

  private static long layerSeed(long seed, String layer) {
    CRC32 crc = new CRC32();
    crc.update(layer.getBytes(StandardCharsets.UTF_8));
    return seed * 0x9E3779B97F4A7C15L + crc.getValue();
  }
}
