package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockSpec;
import dev.lanewise.processor.spec.StageNumbers;
import dev.lanewise.processor.spec.StageSpec;
import dev.lanewise.processor.spec.StemSpec;
import dev.lanewise.processor.spec.TailSpec;
import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.tensor.Window;
import java.util.List;
import java.util.function.Predicate;

/**
 * The way over all units of a network, with the channels that those before give them.
 *
 * @param images channels of the images
 * @param stem the stem
 * @param stemUnits where its units stand
 * @param stages the stages, none of them with mistakes of its own
 * @param tail the tail; null for none
 * @param tailUnits where its units stand
 */
record UnitWalk(
    int images,
    StemSpec stem,
    List<Annotation> stemUnits,
    List<ReadStage> stages,
    TailSpec tail,
    List<Annotation> tailUnits) {
  /**
   * A unit where it stands.
   *
   * @param spec the unit
   * @param at where it is declared
   * @param stage its stage; null in the stem and the tail
   * @param block its block's index in the stage
   * @param blockIn channels of the block's input, or of the stem's or the tail's
   * @param in channels of its input
   * @param out channels of its output
   */
  record Step(
      UnitSpec spec, Annotation at, ReadStage stage, int block, int blockIn, int in, int out) {
    /** Returns how messages call it: {@code "unit '2a' of block 3b"}. */
    String words() {
      String of = stage == null ? "" : " of block " + stage.spec().nameOf(block);
      return "unit '" + spec.name() + "'" + of;
    }

    /** Returns the window, but for the stride that a block has. */
    Window window() {
      return spec.window(stage == null ? StageNumbers.NONE : stage.spec().numbers(), 1);
    }

    /** Returns where a member of the unit is given, or where the block without source is named. */
    Place place(String member) {
      return stage == null || stage.block().inSource()
          ? at.at(member)
          : stage.annotation().at("block");
    }
  }

  /** Visits the units in order, each block's projection behind its others, until told to stop. */
  void forEach(Predicate<Step> goesOn) {
    Walker walker = new Walker(goesOn, images);
    if (!walker.row(stem.units(), stemUnits)) {
      return;
    }
    for (ReadStage stage : stages) {
      for (int i = 0; i < stage.spec().repeat(); i++) {
        if (!walker.block(stage, i)) {
          return;
        }
      }
    }
    if (tail != null) {
      walker.row(tail.units(), tailUnits);
    }
  }

  /** Knows the channels so far. */
  private static final class Walker {
    private final Predicate<Step> goesOn;
    private int channels;

    Walker(Predicate<Step> goesOn, int channels) {
      this.goesOn = goesOn;
      this.channels = channels;
    }

    boolean row(List<UnitSpec> units, List<Annotation> at) {
      return units(units, at, StageNumbers.NONE, null, 0);
    }

    boolean block(ReadStage stage, int index) {
      StageSpec spec = stage.spec();
      BlockSpec block = spec.block();
      int in = channels;
      if (!units(block.units(), stage.block().units(), spec.numbers(), stage, index)) {
        return false;
      }
      channels = block.out(in, spec.numbers());
      if (!block.projects(in, channels, spec.strideOf(index))) {
        return true;
      }
      UnitSpec unit = block.projection();
      int out = unit.filters(spec.numbers(), in, in);
      return goesOn.test(new Step(unit, stage.block().projection(), stage, index, in, in, out));
    }

    private boolean units(
        List<UnitSpec> units,
        List<Annotation> at,
        StageNumbers numbers,
        ReadStage stage,
        int block) {
      int first = channels;
      for (int i = 0; i < units.size(); i++) {
        UnitSpec unit = units.get(i);
        int in = channels;
        channels = unit.filters(numbers, first, in);
        if (!goesOn.test(new Step(unit, at.get(i), stage, block, first, in, channels))) {
          return false;
        }
      }
      return true;
    }
  }
}
