package dev.lanewise.processor.spec;

import dev.lanewise.spec.Activation;

/**
 * A normalisation and an activation between the stages and the head.
 *
 * @param batchNorm the normalisation's name
 * @param activation the activation's name; empty for Keras's numbers
 * @param function the activation
 */
public record TailSpec(String batchNorm, String activation, Activation function) {}
