package dev.lanewise.exchange;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows that a worker has the token: HMAC-SHA256 over its role, both sides' nonces and what it
 * tells of itself. The role keeps a proof from being sent back to who made it.
 */
final class Proof {
  /** Bytes of a nonce. */
  static final int NONCE_BYTES = 32;

  /** Bytes of a proof. */
  static final int BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Proof() {}

  static byte[] nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return nonce;
  }

  /**
   * A proof.
   *
   * @param connects whether the worker that proves is the one that connected
   * @param own its nonce
   * @param other the other's
   * @param told what it tells of itself
   */
  static byte[] of(String token, boolean connects, byte[] own, byte[] other, byte[] told) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((byte) (connects ? 1 : 2));
      mac.update(own);
      mac.update(other);
      return mac.doFinal(told);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Compares in a time that does not depend on the bytes. */
  static boolean isEqual(byte[] proof, byte[] other) {
    return MessageDigest.isEqual(proof, other);
  }
}
