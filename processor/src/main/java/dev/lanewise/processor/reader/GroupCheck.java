package dev.lanewise.processor.reader;

import java.util.HashSet;
import java.util.Set;

/** Checks that groups divide the channels which stem and stages give a unit. */
final class GroupCheck {
  private final Problems problems;
  private final Set<String> places = new HashSet<>();

  GroupCheck(Problems problems) {
    this.problems = problems;
  }

  /** Checks all units. */
  void check(UnitWalk units) {
    units.forEach(this::check);
  }

  private boolean check(UnitWalk.Step unit) {
    int groups = unit.spec().groups(unit.in());
    boolean divides = unit.in() % groups == 0 && unit.out() % groups == 0;
    Place place = unit.place("groups");
    // Blocks that share a unit share its mistake; the first example says enough.
    if (!divides && places.add(place.key())) {
      problems.report(
          place,
          "groups of " + unit.words(),
          "a divisor of its " + unit.in() + " channels in and " + unit.out() + " out",
          groups);
    }
    return true;
  }
}
