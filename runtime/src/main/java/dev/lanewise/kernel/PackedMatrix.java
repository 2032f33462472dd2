package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.MR;
import static dev.lanewise.kernel.Lanes.NR;

import java.util.Arrays;

/**
 * The layout of weights between steps: a row-major [rows, columns] matrix cut into panels of NR
 * columns, each panel's rows one after another: [columns/NR][rows][NR]. Columns are padded to NR
 * and rows to MR, with zeros that stay zero.
 *
 * @param rows K: KH*KW*IC of a convolution
 * @param columns N: its OC
 */
public record PackedMatrix(int rows, int columns) {
  /** {@return the number of panels} */
  public int panels() {
    return Lanes.ceilDiv(columns, NR);
  }

  /** Returns the number of rows with padding. */
  int paddedRows() {
    return Lanes.roundUp(rows, MR);
  }

  /** {@return the number of floats of one panel} */
  public int panelSize() {
    return paddedRows() * NR;
  }

  /** {@return the number of floats of the layout} */
  public int size() {
    return Math.multiplyExact(panels(), panelSize());
  }

  /**
   * Copies a row-major matrix into the layout at dst[at...]; the padding is left as it is.
   *
   * @param matrix [rows, columns], row-major
   * @param dst holds the layout
   * @param at index of the layout's first float
   */
  public void pack(float[] matrix, float[] dst, int at) {
    for (int p = 0; p < panels(); p++) {
      int width = Math.min(NR, columns - p * NR);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(matrix, r * columns + p * NR, dst, at + p * panelSize() + r * NR, width);
      }
    }
  }

  /**
   * {@return the row-major matrix that lies in the layout at src[at...]}
   *
   * @param src holds the layout
   * @param at index of the layout's first float
   */
  public float[] unpack(float[] src, int at) {
    float[] matrix = new float[rows * columns];
    for (int p = 0; p < panels(); p++) {
      int width = Math.min(NR, columns - p * NR);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(src, at + p * panelSize() + r * NR, matrix, r * columns + p * NR, width);
      }
    }
    return matrix;
  }

  /** Takes indices of values in a row. */
  @FunctionalInterface
  public interface Run {
    /**
     * Takes the indices [from, to).
     *
     * @param from index of the first value
     * @param to index after the last value
     */
    void accept(int from, int to);
  }

  /**
   * Tells where the matrix's values lie in the layout, without what pads it.
   *
   * @param at index of the layout's first float
   * @param action takes values in a row, in ascending order
   */
  public void forEachRun(int at, Run action) {
    for (int p = 0; p < panels(); p++) {
      int from = at + p * panelSize();
      int width = Math.min(NR, columns - p * NR);
      if (width == NR) {
        action.accept(from, from + rows * NR);
      } else {
        for (int r = 0; r < rows; r++) {
          action.accept(from + r * NR, from + r * NR + width);
        }
      }
    }
  }

  /**
   * Writes zeros into the padding rows of a panel of the layout at dst[at...].
   *
   * @param panel number of the panel, from 0
   * @param dst holds the layout
   * @param at index of the layout's first float
   */
  public void clearPadding(int panel, float[] dst, int at) {
    int from = at + panel * panelSize();
    Arrays.fill(dst, from + rows * NR, from + panelSize(), 0f);
  }

  /**
   * dst[r][c] = src[r][c] * scale[c]; both arrays hold the layout from index at on.
   *
   * @param src what is multiplied
   * @param scale [columns], one factor per column
   * @param dst of src's layout; may be src; its padding is left as it is
   * @param at index of the layout's first float, in src and in dst
   */
  public void scaleColumns(float[] src, float[] scale, float[] dst, int at) {
    for (int p = 0; p < panels(); p++) {
      int width = Math.min(NR, columns - p * NR);
      for (int r = 0; r < rows; r++) {
        int row = at + p * panelSize() + r * NR;
        for (int c = 0; c < width; c++) {
          dst[row + c] = src[row + c] * scale[p * NR + c];
        }
      }
    }
  }
}
