package dev.lanewise.train;

import dev.lanewise.kernel.update.ArrayKernel;
import dev.lanewise.parallel.WorkerPool;
import java.util.List;

/**
 * What is done with the gradients of all parameters between the backward pass and the optimiser's
 * step. The results do not depend on the number of threads; nothing is allocated after the first
 * call of each kind.
 */
public final class Gradients {
  private final OptimizerPass squaring = new OptimizerPass(this::square);
  private final OptimizerPass scaling = new OptimizerPass(this::scale);
  private final OptimizerPass adding = new OptimizerPass(this::add);
  private final OptimizerPass copying = new OptimizerPass(this::copy);
  private double[] partial = {};

  // Of the call that is running.
  private float[] values;
  private float[] sum;
  private float factor;

  /** Prepares nothing yet. */
  public Gradients() {}

  /**
   * {@return the Euclidean norm of all gradients together}
   *
   * @param values gradients, indexed as the parameters
   * @param ranges where they lie, ascending
   * @param pool threads that share the work
   */
  public double norm(float[] values, List<ParameterRange> ranges, WorkerPool pool) {
    int parts = OptimizerPass.parts(ranges);
    if (partial.length < parts) {
      partial = new double[parts];
    }
    this.values = values;
    squaring.run(pool, ranges);
    this.values = null;
    double squares = 0;
    for (int i = 0; i < parts; i++) {
      squares += partial[i];
    }
    return Math.sqrt(squares);
  }

  private void square(int part, int from, int to, ParameterRange range) {
    partial[part] = ArrayKernel.sumOfSquares(values, from, to);
  }

  /**
   * Multiplies all gradients by a factor.
   *
   * @param values gradients, indexed as the parameters
   * @param ranges where they lie, ascending
   * @param factor any number
   * @param pool threads that share the work
   */
  public void scale(float[] values, List<ParameterRange> ranges, double factor, WorkerPool pool) {
    this.values = values;
    this.factor = (float) factor;
    scaling.run(pool, ranges);
    this.values = null;
  }

  private void scale(int part, int from, int to, ParameterRange range) {
    ArrayKernel.scale(values, from, to, factor);
  }

  /**
   * Adds all gradients to a sum.
   *
   * @param values gradients, indexed as the parameters
   * @param sum indexed alike
   * @param ranges where they lie, ascending
   * @param pool threads that share the work
   */
  public void add(float[] values, float[] sum, List<ParameterRange> ranges, WorkerPool pool) {
    this.values = values;
    this.sum = sum;
    adding.run(pool, ranges);
    this.values = null;
    this.sum = null;
  }

  private void add(int part, int from, int to, ParameterRange range) {
    ArrayKernel.add(values, sum, from, to);
  }

  /**
   * Copies all gradients.
   *
   * @param values gradients, indexed as the parameters
   * @param copy indexed alike
   * @param ranges where they lie, ascending
   * @param pool threads that share the work
   */
  public void copy(float[] values, float[] copy, List<ParameterRange> ranges, WorkerPool pool) {
    this.values = values;
    this.sum = copy;
    copying.run(pool, ranges);
    this.values = null;
    this.sum = null;
  }

  private void copy(int part, int from, int to, ParameterRange range) {
    System.arraycopy(values, from, sum, from, to - from);
  }
}
