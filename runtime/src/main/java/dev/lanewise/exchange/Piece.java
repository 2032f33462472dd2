package dev.lanewise.exchange;

import java.util.ArrayList;
import java.util.List;

/** The part of a bucket that one worker adds up: runs of indices. */
final class Piece {
  private final int[] from;
  private final int[] to;
  private final int length;

  private Piece(List<IndexRange> runs) {
    from = runs.stream().mapToInt(IndexRange::from).toArray();
    to = runs.stream().mapToInt(IndexRange::to).toArray();
    length = runs.stream().mapToInt(run -> run.to() - run.from()).sum();
  }

  /** All values of an array. */
  static Piece whole(int length) {
    return new Piece(List.of(new IndexRange(0, length)));
  }

  /** The values of a bucket from one place in it to another. */
  static Piece of(Bucket bucket, int first, int last) {
    List<IndexRange> runs = new ArrayList<>();
    int place = 0;
    for (IndexRange range : bucket.ranges()) {
      int start = Math.max(first - place, 0) + range.from();
      int stop = Math.min(last - place + range.from(), range.to());
      if (start < stop) {
        runs.add(new IndexRange(start, stop));
      }
      place += range.to() - range.from();
    }
    return new Piece(runs);
  }

  int runs() {
    return from.length;
  }

  int from(int run) {
    return from[run];
  }

  int to(int run) {
    return to[run];
  }

  int length() {
    return length;
  }
}
