package dev.lanewise.kernel.winograd;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.tensor.Shape;
import java.util.Arrays;

/**
 * A map cut into patches and transformed into Winograd's points: overlapping patches of pixels that
 * are read by m x m outputs each, or the patches of m x m gradients of those outputs. Patches are
 * numbered row by row and image by image.
 */
public final class WinogradPatches {
  /** Channels that are transformed at a time. */
  static final int CHANNELS = 64;

  /** Floats of scratch memory that a transform needs: 6 x 6 pixels, or 4 x 4 and 6 x 4. */
  static final int SCRATCH = 40 * CHANNELS;

  private final WinogradTransform transform;
  private final boolean adjoint;
  private final int side;
  private final int srcH;
  private final int srcW;
  private final int channels;
  private final int padTop;
  private final int padLeft;
  private final int patchesH;
  private final int patchesW;
  private final int patches;

  private WinogradPatches(
      WinogradTransform transform,
      boolean adjoint,
      Shape src,
      int padTop,
      int padLeft,
      int outH,
      int outW) {
    this.transform = transform;
    this.adjoint = adjoint;
    this.side = adjoint ? transform.outputs : transform.pixels;
    this.srcH = src.h();
    this.srcW = src.w();
    this.channels = src.c();
    this.padTop = padTop;
    this.padLeft = padLeft;
    this.patchesH = Lanes.ceilDiv(outH, transform.outputs);
    this.patchesW = Lanes.ceilDiv(outW, transform.outputs);
    this.patches = Math.multiplyExact(src.n(), patchesH * patchesW);
  }

  /** What outH x outW outputs read of src. */
  public static WinogradPatches read(
      WinogradTransform transform, Shape src, int padTop, int padLeft, int outH, int outW) {
    int inset = transform.inset();
    return new WinogradPatches(transform, false, src, padTop - inset, padLeft - inset, outH, outW);
  }

  /** The gradients of the outputs. */
  public static WinogradPatches gradients(WinogradTransform transform, Shape dDst) {
    return new WinogradPatches(transform, true, dDst, 0, 0, dDst.h(), dDst.w());
  }

  /** Returns the distance of patches in a point's matrix: not a power of two. */
  static int stride(int channels) {
    return Lanes.roundUp(channels, 16) + 16;
  }

  /** Returns a distance of at least size floats at which points fall into different cache sets. */
  static int plane(int size) {
    int units = Lanes.ceilDiv(size, 64);
    return (units | 1) * 64;
  }

  /** Returns the number of patches. */
  int patches() {
    return patches;
  }

  /** Returns the number of channels. */
  int channels() {
    return channels;
  }

  /** Returns the number of parts into which channels are cut. */
  int parts() {
    return Lanes.ceilDiv(channels, CHANNELS);
  }

  /** Returns the image of a patch. */
  int image(int patch) {
    return patch / (patchesH * patchesW);
  }

  /** Returns the first row of a patch's outputs. */
  int row(int patch) {
    return patch / patchesW % patchesH * transform.outputs;
  }

  /** Returns the first column of a patch's outputs. */
  int column(int patch) {
    return patch % patchesW * transform.outputs;
  }

  /**
   * Transforms some channels of a patch.
   *
   * @param part number of the part of the channels
   * @param scratch {@link #SCRATCH} floats from index scratchAt on
   * @param dst receives each point's values, from index dstAt on; channels are rounded up to whole
   *     vectors, those of gradients to whole panels, with zeros
   * @param plane distance of points in dst
   */
  void transform(
      Operand src,
      int patch,
      int part,
      float[] scratch,
      int scratchAt,
      float[] dst,
      int dstAt,
      int plane) {
    int c0 = part * CHANNELS;
    int count = Math.min(CHANNELS, channels - c0);
    int width = Lanes.roundUp(count, adjoint ? NR : LANES);
    copy(src, patch, c0, count, width, scratch, scratchAt);
    int at = dstAt + c0;
    if (side < transform.points) {
      spread(scratch, scratchAt, width, dst, at, plane);
    } else {
      evaluate(scratch, scratchAt, width, dst, at, plane);
    }
  }

  private void copy(
      Operand src, int patch, int c0, int count, int width, float[] scratch, int scratchAt) {
    int h0 = row(patch) - padTop;
    int w0 = column(patch) - padLeft;
    int image = image(patch) * srcH;
    int at = scratchAt;
    for (int h = h0; h < h0 + side; h++) {
      for (int w = w0; w < w0 + side; w++) {
        if (h >= 0 && h < srcH && w >= 0 && w < srcW) {
          src.copy((image + h) * srcW + w, c0, count, scratch, at);
          if (count < width) {
            Arrays.fill(scratch, at + count, at + width, 0f);
          }
        } else {
          Arrays.fill(scratch, at, at + width, 0f);
        }
        at += width;
      }
    }
  }

  /** Columns in place, then rows. */
  private void evaluate(float[] scratch, int scratchAt, int width, float[] dst, int at, int plane) {
    for (int w = 0; w < side; w++) {
      int column = scratchAt + w * width;
      transform.input(scratch, column, side * width, scratch, column, side * width, width);
    }
    for (int i = 0; i < side; i++) {
      int row = scratchAt + i * side * width;
      transform.input(scratch, row, width, dst, at + i * side * plane, plane, width);
    }
  }

  /** Columns, which become longer, into a place of their own, then rows. */
  private void spread(float[] scratch, int scratchAt, int width, float[] dst, int at, int plane) {
    int points = transform.points;
    int half = scratchAt + 16 * CHANNELS;
    int step = side * width;
    for (int w = 0; w < side; w++) {
      int column = scratchAt + w * width;
      along(scratch, column, step, scratch, half + w * width, step, width);
    }
    for (int i = 0; i < points; i++) {
      int row = half + i * step;
      along(scratch, row, width, dst, at + i * points * plane, plane, width);
    }
  }

  private void along(float[] src, int at, int step, float[] dst, int dstAt, int to, int width) {
    if (adjoint) {
      transform.outputAdjoint(src, at, step, dst, dstAt, to, width);
    } else {
      transform.input(src, at, step, dst, dstAt, to, width);
    }
  }
}
