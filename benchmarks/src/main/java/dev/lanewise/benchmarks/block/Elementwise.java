package dev.lanewise.benchmarks.block;

import static dev.lanewise.benchmarks.KernelSpecies.SPECIES;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.parallel.Task;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * ReLU and addition as passes of their own, on all threads and in vectors. Tensors' sizes are
 * multiples of the lane count.
 */
final class Elementwise {
  /** Values of a task, as the fused kernels cut their passes. */
  static final int VALUES = 16384;

  private final WorkerPool pool;
  private final Task relu = (index, slot) -> relu(index);
  private final Task reluBackward = (index, slot) -> reluBackward(index);
  private final Task add = (index, slot) -> add(index);

  private Tensor left;
  private Tensor right;
  private Tensor dst;

  Elementwise(WorkerPool pool) {
    this.pool = pool;
  }

  private void run(Task task, Tensor left, Tensor right, Tensor dst) {
    this.left = left;
    this.right = right;
    this.dst = dst;
    pool.run(Math.ceilDiv(dst.shape().size(), VALUES), task);
  }

  private int from(int index) {
    return index * VALUES;
  }

  private int to(int index) {
    return Math.min(dst.shape().size(), (index + 1) * VALUES);
  }

  /** t = max(0, t). */
  void relu(Tensor t) {
    run(relu, t, t, t);
  }

  private void relu(int index) {
    FloatVector zero = FloatVector.zero(SPECIES);
    float[] data = dst.data();
    int at = dst.offset();
    for (int i = from(index), end = to(index); i < end; i += Lanes.LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, data, at + i);
      v.blend(zero, v.compare(VectorOperators.LE, zero)).intoArray(data, at + i);
    }
  }

  /** dst = d where a > 0, else 0; dst may be d. */
  void reluBackward(Tensor d, Tensor a, Tensor dst) {
    run(reluBackward, d, a, dst);
  }

  private void reluBackward(int index) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = from(index), end = to(index); i < end; i += Lanes.LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, left.data(), left.offset() + i);
      FloatVector a = FloatVector.fromArray(SPECIES, right.data(), right.offset() + i);
      zero.blend(d, a.compare(VectorOperators.GT, zero)).intoArray(dst.data(), dst.offset() + i);
    }
  }

  /** t += other. */
  void add(Tensor t, Tensor other) {
    run(add, t, other, t);
  }

  private void add(int index) {
    for (int i = from(index), end = to(index); i < end; i += Lanes.LANES) {
      FloatVector.fromArray(SPECIES, left.data(), left.offset() + i)
          .add(FloatVector.fromArray(SPECIES, right.data(), right.offset() + i))
          .intoArray(dst.data(), dst.offset() + i);
    }
  }
}
