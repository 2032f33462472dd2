package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.TaskSizes.CHUNK_ROWS;
import static dev.lanewise.kernel.TaskSizes.LEAST_TASKS;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.tensor.Shape;

/**
 * The results of a batch cut into chunks, which epilogues take over together, steps of some chunks,
 * which are computed together, and bands of an image's chunks, of which each is a task. A chunk is
 * some rows of results, or a part of one row.
 */
final class Bands {
  /** Least floats of the map that a band reads: its border is read twice. */
  private static final int LEAST_FLOATS = 1 << 15;

  /** Most floats of the map that a band reads. */
  private static final int MOST_FLOATS = 1 << 18;

  private final int rows;
  private final int columns;
  private final int images;
  private final int rowsOfChunk;
  private final int partsOfRow;
  private final int columnsOfChunk;
  private final int chunksOfImage;
  private final int chunksOfBand;
  private final int bandsOfImage;
  private final int chunksOfStep;

  /**
   * Cuts.
   *
   * @param rows rows of results of an image
   * @param columns results of a row
   * @param read shape of the map that they read
   * @param stepResults results that a step should have where it can; at least it is one chunk
   */
  Bands(int rows, int columns, Shape read, int stepResults) {
    this.rows = rows;
    this.columns = columns;
    this.images = read.n();
    this.partsOfRow = Lanes.ceilDiv(columns, CHUNK_ROWS);
    this.columnsOfChunk = Lanes.ceilDiv(columns, partsOfRow);
    this.rowsOfChunk = Math.clamp(CHUNK_ROWS / columns, 1, rows);
    this.chunksOfImage = Lanes.ceilDiv(rows, rowsOfChunk) * partsOfRow;
    long floatsOfChunk = (long) read.h() * read.w() * read.c() / chunksOfImage;
    int floats = Math.clamp(read.size() / LEAST_TASKS, LEAST_FLOATS, MOST_FLOATS);
    int wanted = Math.clamp(floats / Math.max(1, floatsOfChunk), 1, chunksOfImage);
    this.bandsOfImage = Lanes.ceilDiv(chunksOfImage, wanted);
    this.chunksOfBand = Lanes.ceilDiv(chunksOfImage, bandsOfImage);
    this.chunksOfStep = Math.clamp(stepResults / (rowsOfChunk * columnsOfChunk), 1, chunksOfBand);
  }

  /** Returns the number of bands of all images. */
  int count() {
    return images * bandsOfImage;
  }

  /** Returns the number of chunks of all images. */
  int chunks() {
    return images * chunksOfImage;
  }

  /** Returns the number of chunks of an image. */
  int chunksOfImage() {
    return chunksOfImage;
  }

  /** Returns the image of a band. */
  int image(int band) {
    return band / bandsOfImage;
  }

  /** Returns the number, in its image, of a band's first chunk. */
  int firstChunk(int band) {
    return Math.min(chunksOfImage, band % bandsOfImage * chunksOfBand);
  }

  /** Returns the number, in its image, of the chunk after a band's last. */
  int lastChunk(int band) {
    return Math.min(chunksOfImage, firstChunk(band) + chunksOfBand);
  }

  /** Returns the most chunks of a step. */
  int chunksOfStep() {
    return chunksOfStep;
  }

  /** Returns the most rows of results that a step has a part of. */
  int rowsOfStep() {
    int spanned = (Lanes.ceilDiv(chunksOfStep - 1, partsOfRow) + 1) * rowsOfChunk;
    return Math.min(rows, spanned);
  }

  /** Returns the most results of a step. */
  int resultsOfStep() {
    return chunksOfStep * rowsOfChunk * columnsOfChunk;
  }

  /** Returns the first row of results of an image's chunk. */
  int firstRow(int chunk) {
    return chunk / partsOfRow * rowsOfChunk;
  }

  /** Returns the row after the last one. */
  int lastRow(int chunk) {
    return Math.min(rows, firstRow(chunk) + rowsOfChunk);
  }

  /** Returns the first column of a chunk's rows. */
  int firstColumn(int chunk) {
    return chunk % partsOfRow * columnsOfChunk;
  }

  /** Returns the number of columns of a chunk's rows. */
  int columns(int chunk) {
    return Math.min(columnsOfChunk, columns - firstColumn(chunk));
  }
}
