package dev.lanewise.train;

/**
 * The counter-based generator Philox 4x32-10 (Salmon et al., "Parallel Random Numbers: As Easy as
 * 1, 2, 3", SC 2011): each 128-bit counter gives four words that depend on it and on the key alone.
 *
 * <p>Key and counter are laid out as TensorFlow does: the key is the first seed, the upper half of
 * the counter the second, and the lower half counts.
 */
public final class Philox {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  private final long key;
  private final long stream;

  /**
   * Creates a generator.
   *
   * @param key the key's two words, the lower one first
   * @param stream the counter's upper two words
   */
  public Philox(long key, long stream) {
    this.key = key;
    this.stream = stream;
  }

  /**
   * Writes the four words of a counter.
   *
   * @param counter the counter's lower two words
   * @param words overwritten from index 0 to 3
   */
  public void words(long counter, int[] words) {
    words(key, stream, counter, words);
  }

  /**
   * Writes the four words of a counter.
   *
   * @param key as of a generator
   * @param stream as of a generator
   * @param counter the counter's lower two words
   * @param words overwritten from index 0 to 3
   */
  public static void words(long key, long stream, long counter, int[] words) {
    int key0 = (int) key;
    int key1 = (int) (key >>> 32);
    int word0 = (int) counter;
    int word1 = (int) (counter >>> 32);
    int word2 = (int) stream;
    int word3 = (int) (stream >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (word0 & LOW);
      long product1 = MULTIPLIER_1 * (word2 & LOW);
      word0 = (int) (product1 >>> 32) ^ word1 ^ key0;
      word1 = (int) product1;
      word2 = (int) (product0 >>> 32) ^ word3 ^ key1;
      word3 = (int) product0;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    words[0] = word0;
    words[1] = word1;
    words[2] = word2;
    words[3] = word3;
  }
}
