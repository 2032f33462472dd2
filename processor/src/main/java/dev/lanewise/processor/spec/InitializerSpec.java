package dev.lanewise.processor.spec;

import dev.lanewise.spec.Initializer;

/**
 * How kernels start.
 *
 * @param kind the distribution
 * @param min least value of RANDOM_UNIFORM
 * @param max largest value of RANDOM_UNIFORM
 * @param seed seed of every kernel; -1 where each kernel has its own
 */
public record InitializerSpec(Initializer.Kind kind, double min, double max, long seed) {
  /** Returns this, or the network's initialiser where this one refers to it. */
  public InitializerSpec or(InitializerSpec network) {
    return kind == Initializer.Kind.OF_NETWORK ? network : this;
  }
}
