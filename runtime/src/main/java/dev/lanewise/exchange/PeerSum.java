package dev.lanewise.exchange;

import dev.lanewise.exchange.FrameHeader.Kind;
import java.lang.foreign.MemorySegment;

/** What one other worker and this one send each other for a sum. */
final class PeerSum {
  /** This worker's terms of the other's pieces, by bucket; null where a piece is empty. */
  private final ArrayMessage[] termsOut;

  /** The buckets of which this worker adds up something, and the other's terms of them. */
  private final int[] owned;

  private final float[][][] received;
  private final Cursor[] termsIn;

  /** Where sums of the other go, by bucket; null where its piece is empty. */
  private final Cursor[] resultsIn;

  /** The last round in which each came completely. */
  private final int[] resultRounds;

  private final int results;

  // Written by the link's thread.
  private volatile long termsDone;
  private volatile long resultsDone;
  private volatile long sumsSent;

  PeerSum(int id, SumLayout layout, int own, int other) {
    int buckets = layout.buckets();
    owned = layout.owned(own);
    results = layout.owned(other).length;
    termsOut = new ArrayMessage[buckets];
    resultsIn = new Cursor[buckets];
    resultRounds = new int[buckets];
    for (int bucket : layout.owned(other)) {
      Piece piece = layout.piece(bucket, other);
      termsOut[bucket] =
          new ArrayMessage(Kind.TERMS, id, bucket, new Cursor(piece, layout.terms(own)), null);
      resultsIn[bucket] = new Cursor(piece, 1);
    }
    received = new float[buckets][][];
    termsIn = new Cursor[buckets];
    int terms = layout.terms(other);
    for (int bucket : owned) {
      int length = layout.piece(bucket, own).length();
      received[bucket] = new float[terms][length];
      termsIn[bucket] = new Cursor(Piece.whole(length), terms);
    }
  }

  ArrayMessage termsMessage(int bucket) {
    return termsOut[bucket];
  }

  /** The other's terms of this worker's piece. */
  float[][] received(int bucket) {
    return received[bucket];
  }

  /**
   * Takes terms, which come in the order of the buckets; returns whether those of one are there.
   */
  boolean receiveTerms(Link from, FrameHeader header, MemorySegment body, long at) {
    long done = termsDone;
    if (owned.length == 0
        || header.part != owned[(int) (done % owned.length)]
        || header.round != (int) (done / owned.length + 1)) {
      throw from.misfit(header);
    }
    Cursor cursor = termsIn[header.part];
    if (header.offset == 0) {
      cursor.reset(received[header.part]);
    }
    if (!take(from, header, body, at, cursor)) {
      return false;
    }
    termsDone = done + 1;
    return true;
  }

  /** Takes sums; returns whether those of a bucket are there. */
  boolean receiveResult(
      Link from, FrameHeader header, MemorySegment body, long at, float[][] terms) {
    Cursor cursor = resultsIn[header.part];
    if (cursor == null || resultRounds[header.part] == header.round) {
      throw from.misfit(header);
    }
    if (header.offset == 0) {
      cursor.reset(terms);
    }
    if (!take(from, header, body, at, cursor)) {
      return false;
    }
    resultRounds[header.part] = header.round;
    resultsDone++;
    return true;
  }

  private static boolean take(
      Link from, FrameHeader header, MemorySegment body, long at, Cursor cursor) {
    int bytes = from.wire().bytes();
    int count = header.length / bytes;
    if (header.offset != cursor.position()
        || count == 0
        || count * bytes != header.length
        || count > cursor.remaining()) {
      throw from.misfit(header);
    }
    cursor.decode(from.wire(), body, at, count);
    return cursor.remaining() == 0;
  }

  /** Counts a sum of this worker's that has gone to the other. */
  void countSent() {
    sumsSent++;
  }

  /** Which terms of a round are to come from the other, in words; null where none are. */
  String missingTerms(int round) {
    long done = termsDone;
    return done < (long) round * owned.length
        ? "terms of bucket " + owned[(int) (done % owned.length)] + " of round " + round
        : null;
  }

  /** Which sums of a round are to come from the other or to go to it; null where none are. */
  String missingSums(int round) {
    return resultsDone < (long) round * results || sumsSent < (long) round * owned.length
        ? "sums of round " + round
        : null;
  }
}
