package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The known answers that Random123 ships for philox4x32-10. */
class PhiloxTest {
  private static int[] words(long key, long stream, long counter) {
    int[] words = new int[4];
    new Philox(key, stream).words(counter, words);
    return words;
  }

  @Test
  void zeros() {
    assertThat(words(0, 0, 0)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @Test
  void ones() {
    assertThat(words(-1, -1, -1)).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
  }

  @Test
  void digitsOfPi() {
    assertThat(words(0x299f31d0_a4093822L, 0x03707344_13198a2eL, 0x85a308d3_243f6a88L))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }
}
