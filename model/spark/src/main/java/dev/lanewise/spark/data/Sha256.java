package dev.lanewise.spark.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256. */
public final class Sha256 {
  private Sha256() {}

  /** Returns what makes digests. */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /**
   * {@return the digest of some bytes, as 64 hexadecimal digits}
   *
   * @param bytes whatever they are
   */
  public static String text(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }
}
