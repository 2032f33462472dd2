package dev.lanewise.processor.spec;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Shortcut;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A block as it is declared, before a stage gives it channels and stride.
 *
 * @param type the type that declares it
 * @param preActivation the normalisation and the activation with which it begins; null for none
 * @param units the units, in order
 * @param shortcut what is added to the last unit
 * @param projection the unit on the shortcut; null where there is none
 * @param projectionPool name of the average pooling in front of it; empty for none
 * @param shortcutFirst whether the addition names the shortcut first
 * @param activation what follows the addition
 * @param initializer how the block's kernels start
 */
public record BlockSpec(
    TypeRef type,
    PreActivationSpec preActivation,
    List<UnitSpec> units,
    Shortcut shortcut,
    UnitSpec projection,
    String projectionPool,
    boolean shortcutFirst,
    Activation activation,
    InitializerSpec initializer) {
  /** Copies the list. */
  public BlockSpec {
    units = List.copyOf(units);
  }

  /** Returns the units and the projection. */
  public List<UnitSpec> allUnits() {
    List<UnitSpec> all = new ArrayList<>(units);
    if (projection != null) {
      all.add(projection);
    }
    return all;
  }

  /** Returns the last unit, to which the shortcut is added. */
  public UnitSpec last() {
    return units.get(units.size() - 1);
  }

  /** Returns whether a unit of the row, so not the projection, has {@code Stride.OF_BLOCK}. */
  public boolean takesStride() {
    return units.stream().anyMatch(UnitSpec::strideOfBlock);
  }

  /**
   * Returns the units' windows in a block.
   *
   * @param stage the stage's numbers
   * @param stride the block's stride
   */
  public List<Window> windows(StageNumbers stage, int stride) {
    return units.stream().map(unit -> unit.window(stage, stride)).toList();
  }

  /**
   * Returns whether the shortcut is the projection.
   *
   * @param in channels of the block's input
   * @param out channels of its last unit
   * @param stride the block's stride
   */
  public boolean projects(int in, int out, int stride) {
    return switch (shortcut) {
      case NONE, IDENTITY, IDENTITY_IF_SHAPE_STAYS, CONCATENATION -> false;
      case PROJECTION -> true;
      case PROJECTION_IF_SHAPE_CHANGES -> in != out || subsampling(stride) != null;
      case PROJECTION_IF_CHANNELS_CHANGE -> in != out;
    };
  }

  /**
   * Returns the channels that each unit makes.
   *
   * @param in channels of the block's input
   * @param stage the stage's numbers
   */
  public List<Integer> channels(int in, StageNumbers stage) {
    List<Integer> channels = new ArrayList<>();
    int unitIn = in;
    for (UnitSpec unit : units) {
      unitIn = unit.filters(stage, in, unitIn);
      channels.add(unitIn);
    }
    return channels;
  }

  /**
   * Returns the channels of the block's output, which its last unit makes, and a concatenation
   * keeps beside its input's.
   *
   * @param in channels of the block's input
   * @param stage the stage's numbers
   */
  public int out(int in, StageNumbers stage) {
    int made = channels(in, stage).get(units.size() - 1);
    return concatenates() ? (int) Math.min((long) in + made, Integer.MAX_VALUE) : made;
  }

  /** Returns whether the last unit's channels are put beside those of the block's input. */
  public boolean concatenates() {
    return shortcut == Shortcut.CONCATENATION;
  }

  /**
   * Returns whether something is added to the last unit.
   *
   * @param in channels of the block's input
   * @param out channels of its last unit
   * @param stride the block's stride
   */
  public boolean adds(int in, int out, int stride) {
    return switch (shortcut) {
      case NONE, CONCATENATION -> false;
      case IDENTITY_IF_SHAPE_STAYS -> in == out && subsampling(stride) == null;
      default -> true;
    };
  }

  /** Returns the window of the pooling in front of the projection; null where there is none. */
  public Window pooling(int stride) {
    return projectionPool.isEmpty() || stride == 1
        ? null
        : Window.same(stride, stride, stride, stride);
  }

  /** Returns the 1x1 window with the strides of all units; null where they have none. */
  public Window subsampling(int stride) {
    int sh = 1;
    int sw = 1;
    for (UnitSpec unit : units) {
      sh = product(sh, unit.strideOfBlock() ? stride : unit.window().sh());
      sw = product(sw, unit.strideOfBlock() ? stride : unit.window().sw());
    }
    return sh == 1 && sw == 1 ? null : Window.valid(1, 1, sh, sw);
  }

  /**
   * Returns a product of strides or channels, at most the largest int: more than any map has
   * pixels, or any network room for.
   */
  static int product(int a, int b) {
    return (int) Math.min((long) a * b, Integer.MAX_VALUE);
  }
}
