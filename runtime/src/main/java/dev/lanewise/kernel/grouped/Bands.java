package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.TaskSizes.CHUNK_ROWS;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.tensor.Shape;

/**
 * The results of a batch cut into chunks, which epilogues take over together, and bands of an
 * image's chunks whose sources stay in cache. A chunk is some rows of results, or a part of one
 * row.
 */
final class Bands {
  /** Floats of the map that a band reads: what should stay in a core's own cache. */
  private static final int FLOATS = 1 << 16;

  private final Places places;
  private final int images;
  private final int rowsOfChunk;
  private final int partsOfRow;
  private final int columnsOfChunk;
  private final int chunksOfImage;
  private final int chunksOfBand;
  private final int bandsOfImage;

  /**
   * Cuts.
   *
   * @param places the results of an image
   * @param read shape of the map that they read
   */
  Bands(Places places, Shape read) {
    this.places = places;
    this.images = read.n();
    int columns = places.columns();
    this.partsOfRow = Lanes.ceilDiv(columns, CHUNK_ROWS);
    this.columnsOfChunk = Lanes.ceilDiv(columns, partsOfRow);
    this.rowsOfChunk = Math.clamp(CHUNK_ROWS / columns, 1, places.rows());
    this.chunksOfImage = Lanes.ceilDiv(places.rows(), rowsOfChunk) * partsOfRow;
    long floatsOfChunk = (long) rowsOfChunk * places.strideH() * read.w() * read.c() / partsOfRow;
    int wanted = Math.clamp(FLOATS / Math.max(1, floatsOfChunk), 1, chunksOfImage);
    this.bandsOfImage = Lanes.ceilDiv(chunksOfImage, wanted);
    this.chunksOfBand = Lanes.ceilDiv(chunksOfImage, bandsOfImage);
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

  /** Returns the first row of results of an image's chunk. */
  int firstRow(int chunk) {
    return chunk / partsOfRow * rowsOfChunk;
  }

  /** Returns the row after the last one. */
  int lastRow(int chunk) {
    return Math.min(places.rows(), firstRow(chunk) + rowsOfChunk);
  }

  /** Returns the first column of a chunk's rows. */
  int firstColumn(int chunk) {
    return chunk % partsOfRow * columnsOfChunk;
  }

  /** Returns the number of columns of a chunk's rows. */
  int columns(int chunk) {
    return Math.min(columnsOfChunk, places.columns() - firstColumn(chunk));
  }
}
