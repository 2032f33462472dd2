package dev.lanewise.processor.spec;

import java.util.List;

/**
 * What follows the stages.
 *
 * @param pool the pooling of the last map
 * @param hidden dense layers in front of the last one, in order
 * @param dense the last dense layer's name
 * @param dropout rate of the dropout in front of the last dense layer; 0 for none
 * @param initializer how the dense kernels start
 */
public record HeadSpec(
    PoolSpec pool,
    List<DenseSpec> hidden,
    NamePattern dense,
    double dropout,
    InitializerSpec initializer) {
  /** Copies the list. */
  public HeadSpec {
    hidden = List.copyOf(hidden);
  }
}
