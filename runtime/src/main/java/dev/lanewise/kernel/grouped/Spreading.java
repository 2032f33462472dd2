package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Spreads the inputs of a block of several groups over its columns: a pixel becomes a row of
 * columns for each input of a group, in which each column has the input of its group.
 */
final class Spreading {
  private final int in;

  /** For each vector of a block's columns: input of its first column, and of others from there. */
  private final int[] first = new int[2];

  private final int[][] indices = new int[2][LANES];

  /** The indices as a shuffle of one vector; null where they reach further. */
  private final VectorShuffle<Float> shuffleA;

  private final VectorShuffle<Float> shuffleB;

  Spreading(ColumnBlocks blocks) {
    this.in = blocks.groups().in();
    this.shuffleA = shuffle(blocks, 0);
    this.shuffleB = shuffle(blocks, 1);
  }

  private VectorShuffle<Float> shuffle(ColumnBlocks blocks, int vector) {
    int from = blocks.groupOf(vector * LANES) * in;
    int reach = 0;
    for (int lane = 0; lane < LANES; lane++) {
      indices[vector][lane] = blocks.groupOf(vector * LANES + lane) * in - from;
      reach = Math.max(reach, indices[vector][lane]);
    }
    first[vector] = from;
    return reach < LANES ? VectorShuffle.fromArray(SPECIES, indices[vector], 0) : null;
  }

  /** Returns the floats of a pixel. */
  int pixelSize() {
    return Math.multiplyExact(in, WIDTH);
  }

  /**
   * Spreads pixels.
   *
   * @param data both what is read and what is written; up to a vector after the inputs is read
   * @param from index of the first pixel's inputs
   * @param fromStride distance between pixels' inputs
   * @param to index of the first pixel that is written
   */
  void run(float[] data, int from, int fromStride, int pixels, int to) {
    if (shuffleA != null && shuffleB != null) {
      shuffle(data, from, fromStride, pixels, to, shuffleA, shuffleB);
      return;
    }
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < in; i++) {
        for (int vector = 0; vector < 2; vector++) {
          int at = to + p * pixelSize() + i * WIDTH + vector * LANES;
          int source = from + p * fromStride + first[vector] + i;
          for (int lane = 0; lane < LANES; lane++) {
            data[at + lane] = data[source + indices[vector][lane]];
          }
        }
      }
    }
  }

  private void shuffle(
      float[] data,
      int from,
      int fromStride,
      int pixels,
      int to,
      VectorShuffle<Float> a,
      VectorShuffle<Float> b) {
    int fromA = from + first[0];
    int fromB = from + first[1];
    int at = to;
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < in; i++) {
        FloatVector.fromArray(SPECIES, data, fromA + i).rearrange(a).intoArray(data, at);
        FloatVector.fromArray(SPECIES, data, fromB + i).rearrange(b).intoArray(data, at + LANES);
        at += WIDTH;
      }
      fromA += fromStride;
      fromB += fromStride;
    }
  }
}
