package dev.lanewise.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.spec.BatchNorm.Mode;
import dev.lanewise.tensor.Window;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which layers form their input's gradient. */
class LayerTrainingTest {
  private static final Window ONE = Window.valid(1, 1, 1, 1);

  private final WorkerPool pool = new WorkerPool(1);
  private final Layers layers = new Layers(0.9, 1e-3, Mode.BY_PHASE);
  private final Conv a = layers.conv("a", ONE, 1, 1, true, null);
  private final BatchNorm b = layers.batchNorm("b", 1);
  private final Conv c = layers.conv("c", ONE, 1, 1, true, null);
  private final Subsampling shortcut = layers.subsampling(2, 2);
  private final Conv d = layers.conv("d", ONE, 1, 1, true, null);

  @AfterEach
  void closePool() {
    pool.close();
  }

  /** Two blocks: a - b, with c beside them; then d, with a subsampling beside it. */
  private List<Boolean> inputTrained(String... frozen) {
    layers.freeze(Set.of(frozen)::contains);
    TrainingContext context = new TrainingContext(new Scratch(pool), () -> null);
    context.beginBlock();
    ConvTraining first = a.training(context, context.input());
    BatchNormTraining second = b.training(context, first);
    ConvTraining beside = c.training(context, context.input());
    context.beginBlock();
    SubsamplingTraining sub = shortcut.training(context, context.input());
    ConvTraining last = d.training(context, context.input());
    return List.of(
        first.inputTrained(),
        second.inputTrained(),
        beside.inputTrained(),
        sub.inputTrained(),
        last.inputTrained());
  }

  @Test
  void goesDownToTheLowestLayerThatTrains() {
    assertThat(inputTrained()).containsExactly(false, true, false, true, true);
    assertThat(inputTrained("a", "c")).containsExactly(false, false, false, true, true);
    assertThat(inputTrained("a", "b", "c")).containsExactly(false, false, false, false, false);
  }

  @Test
  void passesFrozenLayersOnTheWay() {
    assertThat(inputTrained("b", "c", "d")).containsExactly(false, true, false, true, true);
    assertThat(inputTrained("a", "b", "d")).containsExactly(false, false, false, true, true);
  }

  @Test
  void asksWhatIsFrozenWhenThePassIsPlanned() {
    TrainingContext context = new TrainingContext(new Scratch(pool), () -> null);
    ConvTraining pass = a.training(context, context.input());
    layers.freeze(name -> true);
    assertThat(pass.frozen()).isFalse();
    assertThat(a.training(context, context.input()).frozen()).isTrue();
  }
}
