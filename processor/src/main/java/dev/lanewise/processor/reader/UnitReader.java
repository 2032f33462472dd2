package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.GateSpec;
import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Expansion;
import dev.lanewise.spec.Gate;
import dev.lanewise.tensor.Window;
import java.util.List;

/** Reads one {@link dev.lanewise.spec.ConvBn}. */
final class UnitReader {
  private final Problems problems;
  private final LayerNames names;
  private final WindowReader windows;

  UnitReader(Problems problems) {
    this.problems = problems;
    this.names = new LayerNames(problems);
    this.windows = new WindowReader(problems);
  }

  /**
   * Reads a unit of a stem or a tail; returns null where there are mistakes.
   *
   * @param owner what has the unit: {@code "the stem"}
   */
  UnitSpec ofTrunk(Annotation annotation, String owner) {
    int before = problems.count();
    String name = annotation.text("name");
    names.checkWhole(annotation.at("name"), "name of a unit of " + owner, name);
    requireNoGate(annotation, owner + " is no block");
    UnitSpec unit =
        read(annotation, name, false, annotation.choice("activation", Activation.class));
    return problems.count() > before ? null : unit;
  }

  /**
   * Reads a unit of a block; returns null where there are mistakes.
   *
   * @param beforeJoin why it has no activation of its own; empty where it may have one
   */
  UnitSpec ofBlock(Annotation annotation, String beforeJoin) {
    int before = problems.count();
    String name = annotation.text("name");
    names.check(annotation.at("name"), "name of a unit", name);
    Activation activation = annotation.choice("activation", Activation.class);
    if (!beforeJoin.isEmpty()) {
      if (annotation.given("activation") && activation != Activation.NONE) {
        problems.report(
            annotation.at("activation"),
            "activation of unit '" + name + "'",
            "NONE, as " + beforeJoin,
            activation);
      }
      activation = Activation.NONE;
    }
    UnitSpec unit = read(annotation, name, true, activation);
    return problems.count() > before ? null : unit;
  }

  /** Checks that a unit has no normalisation, as is right in a block with pre-activation. */
  void requireNoNorm(Annotation annotation) {
    if (annotation.flag("batchNorm")) {
      problems.report(
          annotation.at("batchNorm"),
          "batchNorm of unit '" + annotation.text("name") + "'",
          "false, as blocks with preActivation normalise what they read",
          true);
    }
  }

  private UnitSpec read(
      Annotation annotation, String name, boolean inBlock, Activation activation) {
    int before = problems.count();
    String owner = "unit '" + name + "'";
    filters(annotation, owner, inBlock);
    groups(annotation, owner, inBlock);
    otherName(annotation, "normName", owner, inBlock);
    otherName(annotation, "activationName", owner, inBlock);
    Window window =
        windows.read(
            annotation,
            owner,
            "kernel",
            inBlock ? WindowReader.StrideRule.MAY_BE_OF_BLOCK : WindowReader.StrideRule.OWN);
    if (annotation.given("gate")) {
      check(annotation.annotation("gate"), owner);
    }
    boolean normalized = annotation.flag("batchNorm");
    if (problems.count() > before) {
      return null;
    }
    return new UnitSpec(
        name,
        annotation.given("normName") ? annotation.text("normName") : name,
        annotation.given("activationName") ? annotation.text("activationName") : name,
        annotation.number("filters"),
        annotation.given("filtersAt") ? annotation.number("filtersAt") : -1,
        annotation.number("expansion"),
        annotation.number("depthMultiplier"),
        annotation.number("groups"),
        window,
        WindowReader.ofStage(annotation),
        WindowReader.half(annotation),
        WindowReader.ofBlock(annotation),
        annotation.flag("bias"),
        normalized,
        normalized || annotation.given("activation") ? activation : Activation.NONE,
        annotation.given("gate") ? gate(annotation.annotation("gate")) : null);
  }

  /** Checks that a unit has no gate. */
  void requireNoGate(Annotation annotation, String why) {
    if (annotation.given("gate")) {
      problems.report(
          annotation.at("gate"),
          "gate of unit '" + annotation.text("name") + "'",
          "none, as " + why,
          "one");
    }
  }

  /** Reports channels that follow from those of a block's input. */
  void requireOwnFilters(Annotation annotation, String why) {
    for (String member : List.of("expansion", "depthMultiplier")) {
      if (annotation.given(member)) {
        problems.report(
            annotation.at(member),
            member + " of unit '" + annotation.text("name") + "'",
            "filters or filtersAt, as " + why,
            annotation.number(member));
      }
    }
  }

  private void check(Annotation gate, String owner) {
    String subject = "the gate of " + owner;
    for (String member : List.of("reduce", "expand")) {
      names.check(gate.at(member), member + " of " + subject, gate.text(member));
    }
    for (String member : List.of("squeeze", "reshape", "multiply")) {
      if (gate.given(member)) {
        names.check(gate.at(member), member + " of " + subject, gate.text(member));
      }
    }
    positive(gate, "reduction", subject);
    positive(gate, "multipleOf", subject);
    Activation function = gate.choice("function", Activation.class);
    if (function == Activation.NONE) {
      problems.report(
          gate.at("function"),
          "function of " + subject,
          "an activation, which keeps the values bounded",
          function);
    }
  }

  private static GateSpec gate(Annotation gate) {
    return new GateSpec(
        gate.text("reduce"),
        gate.text("expand"),
        gate.number("reduction"),
        gate.choice("of", Gate.Of.class),
        gate.number("multipleOf"),
        gate.choice("activation", Activation.class),
        gate.choice("function", Activation.class),
        gate.text("squeeze"),
        gate.text("reshape"),
        gate.text("multiply"));
  }

  private void otherName(Annotation annotation, String member, String owner, boolean inBlock) {
    if (!annotation.given(member)) {
      return;
    }
    Place place = annotation.at(member);
    String subject = member + " of " + owner;
    if (inBlock) {
      names.check(place, subject, annotation.text(member));
    } else {
      names.checkWhole(place, subject, annotation.text(member));
    }
    if (member.equals("normName") && !annotation.flag("batchNorm")) {
      problems.report(place, subject, "batchNorm = true with it", false);
    }
  }

  private void groups(Annotation annotation, String owner, boolean inBlock) {
    if (annotation.given("groups")) {
      positive(annotation, "groups", owner);
      if (annotation.given("depthMultiplier")) {
        problems.report(annotation.at("groups"), owner, "groups or depthMultiplier", "both");
      }
    }
    for (String member : List.of("depthMultiplier", "expansion")) {
      boolean ofStage =
          inBlock && member.equals("expansion") && annotation.number(member) == Expansion.OF_STAGE;
      if (annotation.given(member) && !ofStage) {
        positive(annotation, member, owner);
      }
    }
  }

  private void positive(Annotation annotation, String member, String owner) {
    int number = annotation.number(member);
    if (number <= 0) {
      problems.report(annotation.at(member), member + " of " + owner, "a positive number", number);
    } else if (number > Limits.EXTENT) {
      problems.report(
          annotation.at(member), member + " of " + owner, "at most " + Limits.EXTENT, number);
    }
  }

  private void filters(Annotation annotation, String owner, boolean inBlock) {
    boolean fixed = annotation.given("filters");
    boolean fromStage = annotation.given("filtersAt");
    String subject = "filters of " + owner;
    for (String member : List.of("expansion", "depthMultiplier")) {
      if (!annotation.given(member)) {
        continue;
      }
      if (member.equals("expansion") && !inBlock) {
        problems.report(
            annotation.at(member), owner, "filters = ..., as a stem is no block", member);
      }
      for (String other : List.of("filters", "filtersAt", "expansion")) {
        if (!other.equals(member) && annotation.given(other)) {
          problems.report(annotation.at(member), owner, other + " or " + member, "both");
        }
      }
      return;
    }
    if (fromStage && !inBlock) {
      problems.report(
          annotation.at("filtersAt"),
          owner,
          "filters = ..., as a stem has no stage to take them from",
          "filtersAt");
    } else if (fixed && fromStage) {
      problems.report(annotation.at("filtersAt"), owner, "filters or filtersAt", "both");
    } else if (!fixed && !fromStage) {
      String required = inBlock ? "filters or filtersAt" : "filters = ...";
      problems.report(annotation.place(), owner, required, inBlock ? "neither" : "none");
    }
    if (fixed && annotation.number("filters") <= 0) {
      problems.report(
          annotation.at("filters"), subject, "a positive number", annotation.number("filters"));
    }
    if (fromStage && inBlock && annotation.number("filtersAt") < 0) {
      problems.report(
          annotation.at("filtersAt"),
          subject,
          "an index into the stage's filters",
          annotation.number("filtersAt"));
    }
  }
}
