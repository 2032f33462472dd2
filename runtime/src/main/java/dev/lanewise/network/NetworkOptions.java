package dev.lanewise.network;

import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.train.KernelInitializer;

/**
 * What a network is told at run time.
 *
 * @param height rows of the input images
 * @param width columns of the input images
 * @param classes number of classes
 * @param seed seed of the initialisers that have none of their own
 * @param initializer used for every kernel instead of the network's own initialisers; null to keep
 *     those
 * @param pool threads that do the work
 */
public record NetworkOptions(
    int height,
    int width,
    int classes,
    long seed,
    KernelInitializer initializer,
    WorkerPool pool) {}
