package dev.lanewise.model.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
  static final String ALL =
      "flip,vertical-flip(chance=0.1),shift(share=0.1),crop(pad=4,border=reflect),"
          + "random-resized-crop(least=0.7),rotate(degrees=10),zoom(by=0.1),brightness(by=0.2),"
          + "contrast(by=0.2),colour(by=0.2),cutout(size=0.25),erase(chance=0.25),"
          + "mixup(alpha=0.2),cutmix(alpha=1),trivial-augment,randaugment(n=2,magnitude=9)";

  @Test
  void textIsThatWhichWasRead() {
    Augmentation all = Augmentation.parse(ALL);
    assertThat(all.text()).isEqualTo(ALL);
    assertThat(Augmentation.parse(all.text())).isEqualTo(all).hasToString(ALL);
    assertThat(all.operations()).hasSize(16);
    assertThat(all.mixes()).isTrue();
    assertThat(all.mixings()).hasSize(2);
  }

  @Test
  void emptyTextIsNothing() {
    assertThat(Augmentation.parse("")).isSameAs(Augmentation.NONE);
    assertThat(Augmentation.parse("  ").text()).isEmpty();
    assertThat(Augmentation.NONE.operations()).isEmpty();
    assertThat(Augmentation.NONE.mixes()).isFalse();
  }

  @Test
  void unknownNamesAreToldWithAllThereAre() {
    assertThatThrownBy(() -> Augmentation.parse("flip,flop"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown augmentation 'flop'; known are flip(chance=...), ")
        .hasMessageContaining("random-resized-crop(least=...,aspect=...)")
        .hasMessageContaining("randaugment(n=...,magnitude=...,border=...)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "flip(by=1) > augmentation flip has no argument 'by=1'; known is flip(chance=...)",
        "flip(chance=2) > augmentation flip requires a number from 0 to 1 as chance, got '2'",
        "shift(share=x) > augmentation shift requires a number as share, got 'x'",
        "crop(pad=-1) > augmentation crop requires an integer from 0 to 1024 as pad, got '-1'",
        "rotate(border=mirror) > augmentation rotate requires one of reflect, edge, zero as border,"
            + " got 'mirror'",
        "mixup(alpha=0) > augmentation mixup requires a number from 0.01 to 100 as alpha, got '0'",
        "randaugment(magnitude=31) > augmentation randaugment requires an integer from 0 to 30 as"
            + " magnitude, got '31'"
      })
  void settingsOutOfRangeAreTold(String text, String message) {
    assertThatThrownBy(() -> Augmentation.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flip,,shift", "flip,", "flip(", "flip)"})
  void brokenTextsAreRefused(String text) {
    assertThatThrownBy(() -> Augmentation.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
