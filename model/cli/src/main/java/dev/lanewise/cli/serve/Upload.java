package dev.lanewise.cli.serve;

/**
 * An image as it was sent.
 *
 * @param name what answers call it
 * @param bytes of a JPEG or PNG file, as far as is known
 */
record Upload(String name, byte[] bytes) {
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

  /** Returns whether the bytes begin as those of a JPEG or PNG file do. */
  boolean isImage() {
    return startsWith(JPEG) || startsWith(PNG);
  }

  private boolean startsWith(byte[] start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || bytes[i] != start[i]) {
        return false;
      }
    }
    return true;
  }
}
