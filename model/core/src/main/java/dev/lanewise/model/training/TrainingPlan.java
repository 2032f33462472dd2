package dev.lanewise.model.training;

/**
 * What a training will do.
 *
 * @param firstEpoch number of the first epoch, from 1; larger where a training is continued
 * @param lastEpoch number of the last epoch
 * @param batchesDone batches of the first epoch that are done already, where it was stopped within
 * @param batchesPerEpoch batches of an epoch
 * @param images images of an epoch
 * @param batchSize images per batch
 * @param seed decides the orders of the images and what augmentation draws
 */
public record TrainingPlan(
    int firstEpoch,
    int lastEpoch,
    int batchesDone,
    int batchesPerEpoch,
    int images,
    int batchSize,
    long seed) {}
