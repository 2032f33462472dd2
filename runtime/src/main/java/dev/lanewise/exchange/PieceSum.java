package dev.lanewise.exchange;

import dev.lanewise.kernel.update.ArrayKernel;

/** Adds up all workers' terms of a piece in the order of the tree, in place. */
final class PieceSum {
  /** Values that are added up while they are in cache. */
  private static final int BLOCK = 2048;

  private final Piece piece;
  private final int[] merges;

  /** The terms of others, indexed within the piece; null where one is this worker's. */
  private final float[][] received;

  private final float[][] stack;
  private final int[] offsets;

  PieceSum(Piece piece, int[] merges, float[][] received) {
    this.piece = piece;
    this.merges = merges;
    this.received = received;
    this.stack = new float[merges.length][];
    this.offsets = new int[merges.length];
  }

  /** The sum replaces the first of this worker's own terms. */
  void run(float[][] own) {
    int place = 0;
    for (int run = 0; run < piece.runs(); run++) {
      int count;
      for (int at = piece.from(run); at < piece.to(run); at += count) {
        count = Math.min(BLOCK, piece.to(run) - at);
        add(own, at, place, count);
        place += count;
      }
    }
  }

  private void add(float[][] own, int at, int place, int count) {
    int depth = 0;
    int ownTerm = 0;
    for (int term = 0; term < merges.length; term++) {
      boolean isOwn = received[term] == null;
      stack[depth] = isOwn ? own[ownTerm++] : received[term];
      offsets[depth++] = isOwn ? at : place;
      for (int i = 0; i < merges[term]; i++) {
        depth--;
        ArrayKernel.add(stack[depth], offsets[depth], stack[depth - 1], offsets[depth - 1], count);
      }
    }
    if (stack[0] != own[0]) {
      System.arraycopy(stack[0], offsets[0], own[0], at, count);
    }
  }
}
