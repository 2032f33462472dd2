package dev.lanewise.spark.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A digest of rows that does not depend on their order: the sum of each row's SHA-256, modulo
 * 2^256, so that digests of parts add up to that of all.
 */
final class RowDigest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private final MessageDigest sha = Sha256.digest();
  private BigInteger sum = BigInteger.ZERO;
  private long rows;

  /** Adds a row. */
  void add(String id, byte[] image, String label, boolean validation) {
    text(id);
    text(label);
    sha.update((byte) (validation ? 1 : 0));
    sha.update(image);
    plus(new BigInteger(1, sha.digest()), 1);
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    sha.update(bytes);
  }

  /** Adds what the digest of other rows has told of itself. */
  void add(String part) {
    int colon = part.indexOf(':');
    plus(new BigInteger(part.substring(colon + 1), 16), Long.parseLong(part.substring(0, colon)));
  }

  private void plus(BigInteger more, long count) {
    sum = sum.add(more).mod(MODULUS);
    rows += count;
  }

  /** Returns the sum so far, to be added to others. */
  String part() {
    return rows + ":" + sum.toString(16);
  }

  /** Returns the digest of all rows, as 64 hexadecimal digits. */
  String text() {
    return Sha256.text(part().getBytes(StandardCharsets.UTF_8));
  }
}
