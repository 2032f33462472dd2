package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.BlockSpec;
import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.processor.spec.PreActivationSpec;
import dev.lanewise.processor.spec.StageSpec;
import dev.lanewise.processor.spec.TypeRef;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Shortcut;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A block with all its numbers. Blocks of equal shape share one generated class.
 *
 * @param type the type that declares the block
 * @param preActivation the normalisation and the activation with which it begins; null for none
 * @param ic channels of the input; 0 in a block that concatenates, for which they are given
 * @param units the units, in order
 * @param shortcut NONE, IDENTITY, PROJECTION or CONCATENATION
 * @param first whether a block that concatenates is its stage's first
 * @param projection the unit on the shortcut; null where there is none
 * @param projectionPool name of the pooling in front of it; empty for none
 * @param pooling its window; null for none
 * @param subsampling 1x1 window of the strides that the identity takes; null for none
 * @param shortcutFirst whether the addition names the shortcut first
 * @param activation what follows the addition
 * @param pool the pooling that follows
 * @param initializer how the kernels start
 */
public record BlockShape(
    TypeRef type,
    PreActivationSpec preActivation,
    int ic,
    List<Unit> units,
    Shortcut shortcut,
    boolean first,
    Unit projection,
    String projectionPool,
    Window pooling,
    Window subsampling,
    boolean shortcutFirst,
    Activation activation,
    PoolSpec pool,
    InitializerSpec initializer) {
  /** Copies the list. */
  public BlockShape {
    units = List.copyOf(units);
  }

  /**
   * Returns the shape of one of a stage's blocks.
   *
   * @param stage the stage
   * @param index the block's index in the stage
   * @param ic channels of the block's input
   * @param initializer the network's initialiser
   */
  static BlockShape of(StageSpec stage, int index, int ic, InitializerSpec initializer) {
    BlockSpec block = stage.block();
    int stride = stage.strideOf(index);
    List<Unit> units = new ArrayList<>();
    int channels = ic;
    for (var spec : block.units()) {
      Unit unit = Unit.of(spec, ic, channels, stage.numbers(), stride);
      units.add(unit);
      channels = unit.oc();
    }
    boolean projects = block.projects(ic, channels, stride);
    boolean adds = block.adds(ic, channels, stride);
    boolean concatenates = block.concatenates();
    if (concatenates) {
      units.set(0, units.get(0).ofAnyInput());
    }
    if (!adds
        && block.shortcut() == Shortcut.IDENTITY_IF_SHAPE_STAYS
        && block.last().gate() == null) {
      units.add(units.remove(units.size() - 1).with(block.activation()));
    }
    return new BlockShape(
        block.type(),
        block.preActivation(),
        concatenates ? 0 : ic,
        units,
        shortcut(projects, adds, concatenates),
        concatenates && index == 0,
        projects ? Unit.of(block.projection(), ic, ic, stage.numbers(), stride) : null,
        projects ? block.projectionPool() : "",
        projects ? block.pooling(stride) : null,
        projects || !adds ? null : block.subsampling(stride),
        block.shortcutFirst(),
        block.activation(),
        index == stage.repeat() - 1 ? stage.pool() : PoolSpec.NONE,
        block.initializer().or(initializer));
  }

  private static Shortcut shortcut(boolean projects, boolean adds, boolean concatenates) {
    if (concatenates) {
      return Shortcut.CONCATENATION;
    }
    return projects ? Shortcut.PROJECTION : adds ? Shortcut.IDENTITY : Shortcut.NONE;
  }
}
