package dev.lanewise.model.training;

/**
 * What a training will do.
 *
 * @param firstEpoch number of the first epoch, from 1; larger where a training is continued
 * @param lastEpoch number of the last epoch
 * @param stepsPerEpoch steps of an epoch
 * @param images images of an epoch
 * @param batchSize images per step
 */
public record TrainingPlan(
    int firstEpoch, int lastEpoch, int stepsPerEpoch, int images, int batchSize) {}
