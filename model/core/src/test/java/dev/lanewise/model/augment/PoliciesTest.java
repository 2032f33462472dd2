package dev.lanewise.model.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
  private static final Move.Reach REACH = new Move.Reach(0.3, 4, 4, 30, 0.9, 4);

  @ParameterizedTest
  @EnumSource
  void everyMoveKeepsTheShapeAndIsNothingWithoutStrength(Move move) {
    for (int[] shape : Pictures.SHAPES) {
      Canvas image = Pictures.noise(shape, 1);
      move.apply(image, 0.7, -1, REACH, Border.REFLECT);
      assertThat(image.pixels()).hasSize(shape[0] * shape[1] * shape[2]);
      if (move != Move.AUTO_CONTRAST && move != Move.EQUALIZE) {
        Canvas still = Pictures.noise(shape, 1);
        byte[] before = still.pixels().clone();
        move.apply(still, 0, 1, REACH, Border.REFLECT);
        assertThat(still.pixels()).isEqualTo(before);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IDENTITY")
  void everyMoveButOneChangesAnImage(Move move) {
    Canvas image = Pictures.noise(new int[] {33, 31, 3}, 1);
    byte[] pixels = image.pixels();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (20 + (pixels[i] & 127));
    }
    byte[] before = pixels.clone();
    move.apply(image, 0.9, 1, REACH, Border.REFLECT);
    assertThat(image.pixels()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"trivial-augment", "randaugment", "randaugment(n=3,magnitude=30)"})
  void policiesDrawManyForms(String text) {
    int[] shape = {33, 31, 3};
    Set<Integer> forms = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      byte[] result = Pictures.result(text, shape, seed);
      assertThat(Pictures.result(text, shape, seed)).isEqualTo(result);
      forms.add(Arrays.hashCode(result));
    }
    assertThat(forms.size()).isGreaterThan(50);
  }

  @Test
  void policiesTakeEveryShape() {
    for (int[] shape : Pictures.SHAPES) {
      for (int seed = 0; seed < 200; seed++) {
        Pictures.result("trivial-augment,randaugment", shape, seed);
      }
    }
  }
}
