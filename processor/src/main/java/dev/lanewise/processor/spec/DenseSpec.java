package dev.lanewise.processor.spec;

import dev.lanewise.spec.Activation;

/**
 * A dense layer in front of the head's last.
 *
 * @param name the layer's name
 * @param units number of outputs
 * @param activation what follows
 * @param dropout rate of the dropout in front of it; 0 for none
 */
public record DenseSpec(String name, int units, Activation activation, double dropout) {}
