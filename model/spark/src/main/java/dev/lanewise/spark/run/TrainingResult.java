package dev.lanewise.spark.run;

/**
 * What a training on a cluster has come to.
 *
 * @param model where the trained model is, on a Hadoop file system
 * @param attempts how many were needed; 0 where it had been done before
 */
public record TrainingResult(String model, int attempts) {}
