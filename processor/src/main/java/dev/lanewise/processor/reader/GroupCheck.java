package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockSpec;
import dev.lanewise.processor.spec.StageSpec;
import dev.lanewise.processor.spec.StemSpec;
import dev.lanewise.processor.spec.UnitSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that groups divide the channels which stem and stages give a unit. */
final class GroupCheck {
  private final Problems problems;
  private final Set<String> places = new HashSet<>();

  /** Channels of what has been checked last. */
  private int channels;

  GroupCheck(Problems problems) {
    this.problems = problems;
  }

  /**
   * Checks all units.
   *
   * @param images channels of the images
   * @param stem the stem
   * @param stemUnits where its units stand
   * @param stages the stages
   */
  void check(int images, StemSpec stem, List<Annotation> stemUnits, List<ReadStage> stages) {
    channels = images;
    units(stem.units(), stemUnits);
    for (ReadStage stage : stages) {
      for (int i = 0; i < stage.spec().repeat(); i++) {
        block(stage, i);
        channels = stage.spec().block().out(channels, stage.spec().filters());
      }
    }
  }

  /** Checks units that follow what has been checked. */
  void units(List<UnitSpec> units, List<Annotation> at) {
    int first = channels;
    for (int i = 0; i < units.size(); i++) {
      UnitSpec unit = units.get(i);
      int out = unit.filters(List.of(), first, channels);
      check(unit, channels, out, "", at.get(i).at("groups"));
      channels = out;
    }
  }

  private void block(ReadStage stage, int index) {
    StageSpec spec = stage.spec();
    BlockSpec block = spec.block();
    String of = " of block " + spec.nameOf(index);
    List<Integer> made = block.channels(channels, spec.filters());
    int in = channels;
    for (int i = 0; i < made.size(); i++) {
      Annotation at = stage.block().units().get(i);
      check(block.units().get(i), in, made.get(i), of, place(stage, at));
      in = made.get(i);
    }
    if (block.projects(channels, in, spec.strideOf(index))) {
      UnitSpec unit = block.projection();
      int out = unit.filters(spec.filters(), channels, channels);
      check(unit, channels, out, of, place(stage, stage.block().projection()));
    }
  }

  private static Place place(ReadStage stage, Annotation unit) {
    return stage.block().inSource() ? unit.at("groups") : stage.annotation().at("block");
  }

  private void check(UnitSpec unit, int in, int out, String of, Place place) {
    int groups = unit.groups(in);
    boolean divides = in % groups == 0 && out % groups == 0;
    // Blocks that share a unit share its mistake; the first example says enough.
    if (!divides && places.add(place.key())) {
      problems.report(
          place,
          "groups of unit '" + unit.name() + "'" + of,
          "a divisor of its " + in + " channels in and " + out + " out",
          groups);
    }
  }
}
