package dev.lanewise.exchange;

import java.util.List;

/**
 * Values that are final at the same time, and so are sent together.
 *
 * @param ranges where they lie, ascending and without overlap; none is allowed
 */
public record Bucket(List<IndexRange> ranges) {
  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException where a range begins before the one in front of it ends
   */
  public Bucket {
    ranges = List.copyOf(ranges);
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i).from() < ranges.get(i - 1).to()) {
        throw new IllegalArgumentException(
            "the ranges of a bucket must ascend without overlap, got "
                + ranges.get(i)
                + " after "
                + ranges.get(i - 1));
      }
    }
  }

  /**
   * {@return a bucket of ranges}
   *
   * @param ranges ascending and without overlap
   */
  public static Bucket of(IndexRange... ranges) {
    return new Bucket(List.of(ranges));
  }
}
