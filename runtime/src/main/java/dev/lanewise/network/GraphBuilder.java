package dev.lanewise.network;

import dev.lanewise.layer.AveragePool;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.Conv;
import dev.lanewise.layer.Dense;
import dev.lanewise.layer.MaxPool;
import dev.lanewise.spec.Activation;

/**
 * Collects a network's layers as Keras would list them. Each method returns the new layer's name.
 */
public final class GraphBuilder {
  GraphBuilder() {}

  /** Adds a convolution, and before it a zero padding where its padding is explicit. */
  public String conv(Conv conv, String from) {
    throw new UnsupportedOperationException();
  }

  /** Adds a batch normalisation. */
  public String batchNorm(BatchNorm bn, String from) {
    throw new UnsupportedOperationException();
  }

  /** Adds an activation layer, or nothing where there is none. */
  public String activation(Activation activation, String from) {
    throw new UnsupportedOperationException();
  }

  /** Adds an addition. */
  public String add(String a, String b) {
    throw new UnsupportedOperationException();
  }

  /** Adds a pooling. */
  public String pool(MaxPool pool, String from) {
    throw new UnsupportedOperationException();
  }

  /** Adds a pooling. */
  public String pool(AveragePool pool, String from) {
    throw new UnsupportedOperationException();
  }

  /** Adds a flatten layer and a dense layer with softmax. */
  public String dense(Dense dense, String from) {
    throw new UnsupportedOperationException();
  }
}
