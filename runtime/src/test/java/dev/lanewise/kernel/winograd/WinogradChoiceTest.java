package dev.lanewise.kernel.winograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.ConvAlgorithm;
import dev.lanewise.kernel.gemm.Gather;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class WinogradChoiceTest {
  private static final Window SAME = Window.same(3, 3, 1, 1);

  private static WinogradTransform choice(
      ConvAlgorithm algorithm, Window window, Shape in, int oc, boolean fixedWeights) {
    Gather gather = new Gather(in, window);
    Shape out = new Shape(in.n(), window.outH(in.h()), window.outW(in.w()), oc);
    return WinogradChoice.transform(algorithm, window, gather, out, oc, fixedWeights);
  }

  private static WinogradTransform auto(Shape in, int oc, boolean fixedWeights) {
    return choice(ConvAlgorithm.AUTO, SAME, in, oc, fixedWeights);
  }

  @Test
  void otherWindowsAreAlwaysDirect() {
    List<Window> others =
        List.of(
            Window.valid(1, 1, 1, 1),
            Window.same(3, 3, 2, 2),
            Window.same(3, 3, 1, 2),
            Window.same(3, 1, 1, 1),
            Window.same(5, 5, 1, 1));
    for (Window window : others) {
      for (ConvAlgorithm algorithm : ConvAlgorithm.values()) {
        assertThat(choice(algorithm, window, new Shape(32, 16, 16, 64), 64, false)).isNull();
      }
    }
  }

  @Test
  void doesWhatIsAskedFor() {
    Shape in = new Shape(32, 16, 16, 64);
    assertThat(choice(ConvAlgorithm.DIRECT, SAME, in, 64, true)).isNull();
    assertThat(choice(ConvAlgorithm.WINOGRAD_2, SAME, in, 64, false)).isInstanceOf(Winograd2.class);
    assertThat(choice(ConvAlgorithm.WINOGRAD_4, SAME, in, 64, false)).isInstanceOf(Winograd4.class);
    // Even where it costs more.
    assertThat(choice(ConvAlgorithm.WINOGRAD_4, SAME, new Shape(1, 1, 1, 3), 2, false))
        .isInstanceOf(Winograd4.class);
  }

  @Test
  void takesFourOutputsASideOnLargeMaps() {
    assertThat(auto(new Shape(8, 56, 56, 64), 64, false)).isInstanceOf(Winograd4.class);
    assertThat(auto(new Shape(32, 16, 16, 64), 64, false)).isInstanceOf(Winograd4.class);
    assertThat(auto(new Shape(32, 8, 8, 128), 128, false)).isInstanceOf(Winograd4.class);
  }

  @Test
  void isDirectWhereChannelsAreTooFewToPayForTransforms() {
    assertThat(auto(new Shape(32, 32, 32, 3), 2, false)).isNull();
    assertThat(auto(new Shape(32, 32, 32, 3), 2, true)).isNull();
  }

  @Test
  void fewPixelsPayForWeightsThatAreTransformedOnceOnly() {
    Shape in = new Shape(1, 4, 4, 512);
    assertThat(auto(in, 512, false)).isNull();
    assertThat(auto(in, 512, true)).isInstanceOf(Winograd2.class);
  }

  @Test
  void mapsOfTwoByTwoHaveTransformsOfTheirOwn() {
    Shape in = new Shape(32, 2, 2, 512);
    assertThat(auto(in, 512, false)).isInstanceOf(WinogradPair.class);
    assertThat(choice(ConvAlgorithm.WINOGRAD_2, SAME, in, 512, false))
        .isInstanceOf(WinogradPair.class);
    // With another border the windows see other pixels.
    Window shifted = Window.padded(3, 3, 1, 1, 2, 0, 1, 1);
    assertThat(choice(ConvAlgorithm.WINOGRAD_2, shifted, in, 512, false))
        .isInstanceOf(Winograd2.class);
  }
}
