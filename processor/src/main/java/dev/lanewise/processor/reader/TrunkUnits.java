package dev.lanewise.processor.reader;

import java.util.ArrayList;
import java.util.List;

/** The units of a stem or a tail, with the filters that stand beside them. */
final class TrunkUnits {
  private TrunkUnits() {}

  /** Returns the units; their filters are those that are given nearer than the units. */
  static List<Annotation> of(Annotation part) {
    List<Annotation> units = part.annotations("conv");
    if (!part.givenNearer("filters", "conv") || part.numbers("filters").size() != units.size()) {
      return units;
    }
    List<Annotation> changed = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      changed.add(units.get(i).with("filters", part, "filters", i));
    }
    return changed;
  }

  /** Reports filters that do not go with the units. */
  static void check(Annotation part, String owner, Problems problems) {
    if (!part.givenHere("filters")) {
      return;
    }
    String subject = "filters of " + owner;
    int units = part.annotations("conv").size();
    int got = part.numbers("filters").size();
    if (part.givenHere("conv")) {
      problems.report(
          part.at("filters"),
          subject,
          "units of another network, or filters in each @ConvBn",
          "both");
    } else if (got != units) {
      problems.report(
          part.at("filters"),
          subject,
          units + (units == 1 ? " number" : " numbers") + ", one for each unit",
          got);
    }
  }
}
