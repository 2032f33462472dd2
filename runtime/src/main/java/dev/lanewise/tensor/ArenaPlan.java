package dev.lanewise.tensor;

import java.util.TreeMap;

/**
 * Gives tensors with known lifetimes their places in one arena. A network walks through its forward
 * and backward pass once, acquiring each tensor before its first use and releasing it after its
 * last; tensors whose lifetimes do not overlap share memory.
 *
 * <p>The walk runs twice: on a plan that only measures, then on one that has the array. Both make
 * the same decisions.
 */
public final class ArenaPlan {
  private final float[] data;
  private final TreeMap<Integer, Integer> free = new TreeMap<>();
  private final TreeMap<Integer, Integer> taken = new TreeMap<>();
  private int end = Arena.FIRST;
  private int highest = Arena.FIRST;

  private ArenaPlan(float[] data) {
    this.data = data;
  }

  /** Returns a plan whose tensors have no array: it only finds {@link #size}. */
  public static ArenaPlan measuring() {
    return new ArenaPlan(new float[0]);
  }

  /** Returns a plan over an array from {@link Arena#allocate} of at least the measured size. */
  public static ArenaPlan over(float[] data) {
    return new ArenaPlan(data);
  }

  /**
   * Reserves a tensor in the lowest gap that is large enough.
   *
   * @throws ArithmeticException where the arena would pass 2^31 - 1 floats
   */
  public Tensor acquire(Shape shape) {
    int size = Arena.aligned(shape.size());
    for (var gap : free.entrySet()) {
      int at = gap.getKey();
      int length = gap.getValue();
      if (length >= size) {
        free.remove(at);
        if (length > size) {
          free.put(at + size, length - size);
        }
        taken.put(at, size);
        return new Tensor(data, at, shape);
      }
    }
    int at = end;
    end = Math.addExact(end, size);
    taken.put(at, size);
    return new Tensor(data, at, shape);
  }

  /**
   * Ends a tensor's lifetime.
   *
   * @throws IllegalStateException where the tensor is not of this plan or was released before
   */
  public void release(Tensor tensor) {
    Integer size = taken.remove(tensor.offset());
    if (size == null) {
      throw new IllegalStateException("released, but not held: " + tensor.shape());
    }
    int at = tensor.offset();
    var below = free.floorEntry(at);
    if (below != null && below.getKey() + below.getValue() == at) {
      at = below.getKey();
      size += below.getValue();
      free.remove(at);
    }
    Integer above = free.remove(at + size);
    if (above != null) {
      size += above;
    }
    if (at + size == end) {
      // The last gap is given back, so that a later larger tensor can use its place.
      end = at;
      highest = Math.max(highest, at + size);
    } else {
      free.put(at, size);
    }
  }

  /** Returns the largest extent reached so far, in floats, including what lies before the first. */
  public int size() {
    return Math.max(highest, end);
  }
}
