package dev.lanewise.model.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountsTest {
  @Test
  void threeDigitsAndAUnit() {
    assertThat(Amounts.count(0)).isEqualTo("0");
    assertThat(Amounts.count(999)).isEqualTo("999");
    assertThat(Amounts.count(1000)).isEqualTo("1.00 k");
    assertThat(Amounts.count(9_994)).isEqualTo("9.99 k");
    assertThat(Amounts.count(9_996)).isEqualTo("10.0 k");
    assertThat(Amounts.count(99_960)).isEqualTo("100 k");
    assertThat(Amounts.count(999_600)).isEqualTo("1.00 M");
    assertThat(Amounts.count(Long.MAX_VALUE)).isEqualTo("9223 P");
    assertThat(Amounts.bytes(24)).isEqualTo("24 B");
    assertThat(Amounts.bytes(1023)).isEqualTo("1023 B");
    assertThat(Amounts.bytes(1024)).isEqualTo("1.00 KiB");
    assertThat(Amounts.bytes(200_704)).isEqualTo("196 KiB");
    assertThat(Amounts.bytes((1L << 30) - 1)).isEqualTo("1.00 GiB");
  }
}
