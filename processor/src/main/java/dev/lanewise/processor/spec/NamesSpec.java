package dev.lanewise.processor.spec;

/**
 * How a network's layers are named.
 *
 * @param conv convolutions of blocks
 * @param batchNorm batch normalisations of blocks
 * @param stemBatchNorm batch normalisations of the stem
 */
public record NamesSpec(NamePattern conv, NamePattern batchNorm, NamePattern stemBatchNorm) {}
