package dev.lanewise.processor.spec;

import dev.lanewise.spec.BatchNorm;

/**
 * A network's batch normalisation.
 *
 * @param momentum weight of the old value in the moving statistics, in [0,1)
 * @param epsilon added to the variance, positive
 * @param mode which statistics normalise
 */
public record BatchNormSpec(double momentum, double epsilon, BatchNorm.Mode mode) {}
