package dev.lanewise.processor.spec;

import dev.lanewise.spec.Activation;

/**
 * A dense layer in front of the head's last.
 *
 * @param name the layer's name
 * @param units number of outputs
 * @param batchNorm name of the normalisation that follows; empty for none
 * @param activation what follows that
 * @param dropout rate of the dropout in front of it; 0 for none
 */
public record DenseSpec(
    String name, int units, String batchNorm, Activation activation, double dropout) {}
