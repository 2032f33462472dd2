package dev.lanewise.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.processor.plan.Value.Layer;
import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When tensors are acquired and released, and views made. */
class LifetimesTest {
  private static final Layer CONV = new Layer(LayerType.CONV, "conv");
  private static final Tensor IN = Tensor.given("in");
  private static final Tensor Y = new Tensor("y", new TensorShape.Output(CONV, IN));
  private static final Tensor OUT = new Tensor("out", new TensorShape.Same(Y));
  private static final View Y_IN = View.operand("yIn", Y);
  private static final View SUMS =
      new View(ViewType.EPILOGUE, "sums", Call.of(Y_IN, "gradientSums"));

  private static final Call WRITE = Call.of(CONV, "forward", IN, Y);
  private static final Call READ = Call.of(CONV, "infer", Y_IN, OUT);

  @Test
  void acquiresBeforeTheFirstUseAndReleasesAfterTheLast() {
    Lifetimes lifetimes = new Lifetimes();
    lifetimes.takeOver(IN);
    Pass pass = lifetimes.releasingAllBut(OUT, List.of(new Step("", WRITE), new Step("", READ)));
    assertThat(pass.actions())
        .containsExactly(
            new Action.Acquire(Y),
            new Action.Release(IN, WRITE),
            new Action.Make(Y_IN),
            new Action.Acquire(OUT),
            new Action.Release(Y, READ));
    assertThat(pass.result()).isEqualTo(OUT);
  }

  @Test
  void neitherAcquiresNorReleasesWhatItDoesNotOwn() {
    Pass pass = new Lifetimes().releasingAllBut(null, List.of(new Step("", WRITE)));
    assertThat(pass.actions()).containsExactly(new Action.Acquire(Y), new Action.Release(Y, WRITE));
  }

  @Test
  void releasesFirstWhatNoStepUses() {
    Lifetimes lifetimes = new Lifetimes();
    lifetimes.keepingAll(OUT, List.of(new Step("", WRITE), new Step("", READ)), List.of());
    lifetimes.takeOver(IN);
    Pass pass = lifetimes.releasingAllBut(OUT, List.of(new Step("", WRITE)));
    assertThat(pass.actions())
        .containsExactly(new Action.Release(IN, WRITE), new Action.Release(Y, WRITE));
    Lifetimes other = new Lifetimes();
    other.takeOver(OUT);
    assertThat(other.releasingAllBut(null, List.of()).actions())
        .containsExactly(new Action.Release(OUT, null));
  }

  @Test
  void makesAViewOfAViewAfterTheTensorsUnderBoth() {
    Pass pass = new Lifetimes().keepingAll(OUT, List.of(), List.of(SUMS));
    assertThat(pass.actions())
        .containsExactly(new Action.Acquire(Y), new Action.Make(Y_IN), new Action.Make(SUMS));
    assertThat(Lifetimes.tensorsOf(Call.of(CONV, "forward", SUMS))).containsExactly(Y);
  }
}
