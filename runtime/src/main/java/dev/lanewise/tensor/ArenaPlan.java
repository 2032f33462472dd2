package dev.lanewise.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Gives tensors with known lifetimes their places in an arena. A network walks through its forward
 * and backward pass once, acquiring each tensor before its first use and releasing it after its
 * last; tensors whose lifetimes do not overlap share memory.
 *
 * <p>The arena is one array, or several where the tensors need more than an array may hold. A
 * tensor lies in one of them.
 *
 * <p>The walk runs twice: on a plan that only measures, then on one that has the arrays. Both make
 * the same decisions, which follow from the limit alone and not from the arrays' lengths.
 */
public final class ArenaPlan {
  private final int limit;

  /** The arrays to plan over; null in a plan that only measures. */
  private final float[][] arrays;

  private final List<Part> parts = new ArrayList<>();

  private ArenaPlan(int limit, float[][] arrays) {
    if (limit < Arena.FIRST || limit > Arena.LARGEST) {
      throw new IllegalArgumentException(
          "the limit of an arena's arrays requires from "
              + Arena.FIRST
              + " to "
              + Arena.LARGEST
              + " floats, got "
              + limit);
    }
    this.limit = limit;
    this.arrays = arrays;
  }

  /** {@return a plan whose tensors have no array: it only finds {@link #extents}} */
  public static ArenaPlan measuring() {
    return measuring(Arena.LARGEST);
  }

  /**
   * {@return a plan whose tensors have no array: it only finds {@link #extents}}
   *
   * @param limit floats that each array may have
   * @throws IllegalArgumentException where the limit is not that of an array
   */
  public static ArenaPlan measuring(int limit) {
    return new ArenaPlan(limit, null);
  }

  /**
   * {@return a plan over an array from {@link Arena#allocate} of at least the measured size}
   *
   * @param data holds the tensors
   */
  public static ArenaPlan over(float[] data) {
    return over(Arena.LARGEST, data);
  }

  /**
   * {@return a plan over arrays of at least the measured extents, from {@link Arena#allocate}}
   *
   * @param limit floats that each array may have, as when the arrays were measured
   * @param arrays hold the tensors
   * @throws IllegalArgumentException where the limit is not that of an array
   */
  public static ArenaPlan over(int limit, float[]... arrays) {
    return new ArenaPlan(limit, arrays.clone());
  }

  /**
   * Reserves a tensor in the first array that has room, in its lowest gap that is large enough.
   *
   * @param shape extents of the tensor
   * @return the tensor, with whatever values the arena holds
   * @throws IllegalArgumentException where the tensor is larger than the limit of an array
   * @throws IllegalStateException where the arrays that the plan was given are too small
   */
  public Tensor acquire(Shape shape) {
    long size = Arena.aligned((long) shape.size());
    if (Arena.FIRST + size > limit) {
      throw new IllegalArgumentException(
          "a tensor of shape "
              + shape
              + " requires an array of "
              + (Arena.FIRST + size)
              + " floats, got a limit of "
              + limit);
    }
    for (Part part : parts) {
      int at = part.acquire((int) size, limit);
      if (at >= 0) {
        return part.tensor(at, shape);
      }
    }
    Part part = new Part(arrays == null ? new float[0] : array(parts.size()), arrays != null);
    parts.add(part);
    return part.tensor(part.acquire((int) size, limit), shape);
  }

  private float[] array(int number) {
    if (number == arrays.length) {
      throw new IllegalStateException(
          "the plan requires more than the " + arrays.length + " arrays that it was given");
    }
    return arrays[number];
  }

  /**
   * Ends a tensor's lifetime.
   *
   * @param tensor one that {@link #acquire} returned
   * @throws IllegalStateException where the tensor is not of this plan or was released before
   */
  public void release(Tensor tensor) {
    for (Part part : parts) {
      if (part.data == tensor.data() && part.release(tensor.offset())) {
        return;
      }
    }
    throw new IllegalStateException("released, but not held: " + tensor.shape());
  }

  /**
   * {@return the largest extent of each array reached so far, in floats, including what lies before
   * the first tensor}
   */
  public int[] extents() {
    return parts.stream().mapToInt(Part::extent).toArray();
  }

  /** {@return a plan over arrays of the measured extents, which are allocated} */
  public ArenaPlan allocate() {
    float[][] data = new float[parts.size()][];
    for (int i = 0; i < data.length; i++) {
      data[i] = Arena.allocate(parts.get(i).extent() - Arena.FIRST);
    }
    return over(limit, data);
  }

  /** {@return the sum of {@link #extents}} */
  public long size() {
    return parts.stream().mapToLong(Part::extent).sum();
  }

  /** One array: which intervals of it are taken, and which between them are free. */
  private static final class Part {
    private final float[] data;
    private final boolean bounded;
    private final TreeMap<Integer, Integer> free = new TreeMap<>();
    private final TreeMap<Integer, Integer> taken = new TreeMap<>();
    private int end = Arena.FIRST;
    private int highest = Arena.FIRST;

    Part(float[] data, boolean bounded) {
      this.data = data;
      this.bounded = bounded;
    }

    /** Returns the index of a free interval, which is taken now; -1 where there is none. */
    int acquire(int size, int limit) {
      for (var gap : free.entrySet()) {
        int at = gap.getKey();
        int length = gap.getValue();
        if (length >= size) {
          free.remove(at);
          if (length > size) {
            free.put(at + size, length - size);
          }
          taken.put(at, size);
          return at;
        }
      }
      int at = end;
      if (limit - at < size) {
        return -1;
      }
      end = at + size;
      highest = Math.max(highest, end);
      taken.put(at, size);
      return at;
    }

    Tensor tensor(int at, Shape shape) {
      if (bounded && data.length - at < shape.size()) {
        throw new IllegalStateException(
            "the plan requires an array of "
                + ((long) at + shape.size())
                + " floats or more, got "
                + data.length);
      }
      return new Tensor(data, at, shape);
    }

    boolean release(int offset) {
      Integer size = taken.remove(offset);
      if (size == null) {
        return false;
      }
      int at = offset;
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
      } else {
        free.put(at, size);
      }
      return true;
    }

    int extent() {
      return highest;
    }
  }
}
