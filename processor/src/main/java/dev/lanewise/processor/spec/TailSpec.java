package dev.lanewise.processor.spec;

/**
 * A normalisation and ReLU between the stages and the head.
 *
 * @param batchNorm the normalisation's name
 * @param activation the activation's name; empty for Keras's numbers
 */
public record TailSpec(String batchNorm, String activation) {}
