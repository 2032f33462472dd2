package dev.lanewise.processor.spec;

/**
 * What follows the stages.
 *
 * @param pool the pooling of the last map
 * @param dense the dense layer's name
 * @param initializer how the dense kernel starts
 */
public record HeadSpec(PoolSpec pool, NamePattern dense, InitializerSpec initializer) {}
