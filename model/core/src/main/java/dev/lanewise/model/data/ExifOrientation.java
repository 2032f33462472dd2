package dev.lanewise.model.data;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held, as a JPEG's Exif segment says it (Exif 2.32, 4.6.4, tag 0x0112): what has
 * to be done to the stored pixels so that they stand upright. Damaged Exif says nothing, and the
 * pixels stay as they are.
 */
enum ExifOrientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  TURNED_BY_180(false, true, true),
  UPSIDE_DOWN(false, false, true),
  TRANSPOSED(true, false, false),
  TURNED_BY_90(true, false, true),
  TRANSVERSED(true, true, true),
  TURNED_BY_270(true, true, false);

  private static final int START_OF_IMAGE = 0xFFD8;
  private static final int START_OF_SCAN = 0xFFDA;
  private static final int APP1 = 0xFFE1;

  /** "Exif", and two zeros. */
  private static final long EXIF = 0x457869660000L;

  private static final int EXIF_BYTES = 6;
  private static final int LITTLE_ENDIAN = 0x4949;
  private static final int BIG_ENDIAN = 0x4D4D;
  private static final int TIFF = 42;
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private final boolean swaps;
  private final boolean fromRight;
  private final boolean fromBottom;

  /**
   * Says where the pixels of the upright image are in the stored one.
   *
   * @param swaps whether its rows are stored as columns
   * @param fromRight whether stored columns are counted from the right
   * @param fromBottom whether stored rows are counted from the bottom
   */
  ExifOrientation(boolean swaps, boolean fromRight, boolean fromBottom) {
    this.swaps = swaps;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** Reads what an image file says; anything but a JPEG with whole Exif is upright. */
  static ExifOrientation of(byte[] encoded) {
    ByteBuffer file = ByteBuffer.wrap(encoded);
    try {
      return (file.getShort() & 0xFFFF) == START_OF_IMAGE ? inSegments(file) : UPRIGHT;
    } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
      // Some length or place leads out of the file.
      return UPRIGHT;
    }
  }

  private static ExifOrientation inSegments(ByteBuffer file) {
    while (true) {
      int marker = file.getShort() & 0xFFFF;
      if (marker < 0xFF00 || marker == START_OF_SCAN) {
        return UPRIGHT;
      }
      int length = (file.getShort() & 0xFFFF) - Short.BYTES;
      ByteBuffer segment = file.slice(file.position(), length);
      if (marker == APP1
          && length > EXIF_BYTES
          && (segment.getInt(0) & 0xFFFFFFFFL) << 16 == EXIF
          && segment.getShort(Integer.BYTES) == 0) {
        return inTiff(segment.slice(EXIF_BYTES, length - EXIF_BYTES));
      }
      file.position(file.position() + length);
    }
  }

  private static ExifOrientation inTiff(ByteBuffer tiff) {
    int order = tiff.getShort(0);
    if (order != LITTLE_ENDIAN && order != BIG_ENDIAN) {
      return UPRIGHT;
    }
    tiff.order(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (tiff.getShort(2) != TIFF) {
      return UPRIGHT;
    }
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + Short.BYTES + i * ENTRY_BYTES;
      if ((tiff.getShort(entry) & 0xFFFF) == TAG) {
        // Type and number of values come before the value.
        int value = tiff.getShort(entry + 8);
        boolean valid = tiff.getShort(entry + 2) == SHORT && tiff.getInt(entry + 4) == 1;
        return valid && value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Returns whether height and width change places. */
  boolean swaps() {
    return swaps;
  }

  /** Returns the pixels of the upright image, [H, W, C], from those stored, of this size. */
  byte[] upright(byte[] stored, int height, int width, int channels) {
    if (this == UPRIGHT) {
      return stored;
    }
    byte[] upright = new byte[stored.length];
    int rows = swaps ? width : height;
    int columns = swaps ? height : width;
    int at = 0;
    for (int h = 0; h < rows; h++) {
      for (int w = 0; w < columns; w++, at += channels) {
        int row = swaps ? w : h;
        int column = swaps ? h : w;
        int y = fromBottom ? height - 1 - row : row;
        int x = fromRight ? width - 1 - column : column;
        System.arraycopy(stored, (y * width + x) * channels, upright, at, channels);
      }
    }
    return upright;
  }
}
