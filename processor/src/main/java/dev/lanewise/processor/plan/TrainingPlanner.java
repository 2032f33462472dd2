package dev.lanewise.processor.plan;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import java.util.ArrayList;
import java.util.List;

/** Plans the two passes of training over a stem or a block. */
final class TrainingPlanner {
  private TrainingPlanner() {}

  /** Declares the tensors and views of both passes. */
  static Lifetimes tensors(ConvPath path) {
    Lifetimes training = new Lifetimes();
    training.view("Operand", "xIn", Call.of("Operand", "of", "x"));
    String in = "x";
    for (UnitPlan unit : path.units()) {
      declare(training, path, unit, in);
      in = unit.y();
    }
    if (path.projects(true)) {
      declare(training, path, path.projection(), "x");
    }
    training.view("Operand", "dOutIn", Call.of("Operand", "of", "dOut"), "dOut");
    UnitPlan last = path.last();
    String activation = path.activation().name();
    if (path.pools()) {
      training.tensor("out", Call.of("pool", "outputShape", last.y() + ".shape()"));
      training.tensor("argmax", Call.of("out", "shape"));
    } else {
      training.tensor("out", Call.of(last.y(), "shape"));
      switch (path.shortcut()) {
        case NONE ->
            training.view(
                "Join",
                "join",
                Call.of("Join", "plain", last.bn(), last.y(), activation, "out"),
                last.y(),
                "out");
        case IDENTITY ->
            training.view(
                "Join",
                "join",
                Call.of("Join", "identity", last.bn(), last.y(), "x", activation, "out"),
                last.y(),
                "out");
        default -> {
          UnitPlan projection = path.projection();
          if (!projection.normalized()) {
            // The convolution writes where the sum will stand.
            training.view(
                "Join",
                "join",
                Call.of("Join", "identity", last.bn(), last.y(), "out", activation, "out"),
                last.y(),
                "out");
            break;
          }
          training.view(
              "Join",
              "join",
              Call.of(
                  "Join",
                  "projection",
                  last.bn(),
                  last.y(),
                  projection.bn(),
                  projection.y(),
                  activation,
                  "out"),
              last.y(),
              projection.y(),
              "out");
        }
      }
      training.view("Epilogue", "outSums", Call.of("join", "gradientSums"));
    }
    training.tensor("dx", Call.of("x", "shape"));
    return training;
  }

  private static void declare(Lifetimes training, ConvPath path, UnitPlan unit, String in) {
    String activation = unit.unit().activation().name();
    training.tensor(unit.y(), Call.of(unit.conv(), "outputShape", in + ".shape()"));
    training.view(
        "Operand", unit.a(), Call.of(unit.bn(), "activated", unit.y(), activation), unit.y());
    training.tensor(unit.dz(), Call.of(unit.y(), "shape"));
    training.view(
        "Epilogue",
        unit.sums(),
        Call.of(unit.bn(), "gradientSums", unit.y(), activation),
        unit.y());
    // The gradient takes the place of y, which nothing reads any more.
    training.view("Operand", unit.dy(), Call.of("Operand", "of", unit.y()), unit.y());
  }

  /** Plans the forward pass. */
  static List<Step> forward(ConvPath path) {
    List<Step> steps = new ArrayList<>();
    List<UnitPlan> units = path.units();
    for (int i = 0; i < units.size(); i++) {
      String before = i == 0 ? "" : units.get(i - 1).after() + " -> ";
      convolve(units.get(i), path.source(i), before, steps);
    }
    UnitPlan last = path.last();
    if (path.projects(true)) {
      convolve(path.projection(), "xIn", "", steps);
    } else if (path.projects(false)) {
      steps.add(
          new Step(
              path.projection().conv() + ", where the sum will stand",
              Call.of(path.projection().conv(), "forward", "xIn", "out")));
    }
    if (path.pools()) {
      Call pool =
          path.pool() == Pool.Kind.MAX
              ? Call.of("pool", "forward", last.a(), "out", "argmax")
              : Call.of("pool", "forward", last.a(), "out");
      steps.add(new Step(last.after() + " -> pool", pool));
    } else {
      String sum =
          switch (path.shortcut()) {
            case NONE -> "";
            case IDENTITY -> " + x";
            default -> " + " + path.projection().result();
          };
      steps.add(
          new Step(
              last.bn() + sum + UnitPlan.arrow(path.activation()), Call.of("join", "forward")));
    }
    return steps;
  }

  private static void convolve(UnitPlan unit, String source, String before, List<Step> steps) {
    steps.add(
        new Step(
            before + unit.conv() + ", and " + unit.bn() + "'s sums",
            Call.of(unit.conv(), "forward", source, unit.y(), unit.bn() + ".statistics()")));
    steps.add(new Step("", Call.of(unit.bn(), "finishStatistics")));
  }

  /** Plans the backward pass. */
  static List<Step> backward(ConvPath path) {
    List<Step> steps = new ArrayList<>();
    List<UnitPlan> units = path.units();
    UnitPlan last = path.last();
    if (path.pools()) {
      Call pool =
          path.pool() == Pool.Kind.MAX
              ? Call.of("pool", "backward", "dOut", "argmax", last.dz(), last.sums())
              : Call.of("pool", "backward", "dOut", last.dz(), last.sums());
      steps.add(new Step("pool backward" + mask(last) + last.bn() + "'s sums", pool));
    }
    for (int i = units.size() - 1; i >= 0; i--) {
      UnitPlan unit = units.get(i);
      weights(path, unit, path.source(i), i == 0 ? null : units.get(i - 1), steps);
      if (i > 0) {
        UnitPlan below = units.get(i - 1);
        steps.add(
            new Step(
                dataComment(unit) + mask(below) + below.bn() + "'s sums",
                Call.of(unit.conv(), "backwardData", unit.dy(), below.dz(), below.sums())));
      }
    }
    if (path.inputGradient()) {
      inputGradient(path, units.get(0), steps);
    }
    return steps;
  }

  /** The gradients of a unit's parameters, over the gradient that has been made by now. */
  private static void weights(
      ConvPath path, UnitPlan unit, String source, UnitPlan below, List<Step> steps) {
    String gradient = path.gradient(unit);
    steps.add(
        new Step(
            gradient.equals("dOut") ? "the sums came with dOut" : "",
            Call.of(unit.bn(), "finishGradients")));
    steps.add(
        new Step(
            unit.bn() + " backward, over " + unit.y() + ": two products read it many times",
            Call.of(unit.bn(), "formInputGradient", gradient, unit.y())));
    String reads = below == null ? "" : read(below) + " -> ";
    steps.add(
        new Step(
            reads + "gradients of " + unit.conv() + "'s weights",
            Call.of(unit.conv(), "backwardWeights", source, unit.dy())));
  }

  private static void inputGradient(ConvPath path, UnitPlan first, List<Step> steps) {
    String wanted = ", and what the block below wants";
    String comment = dataComment(first);
    if (path.shortcut() == Shortcut.NONE) {
      steps.add(
          new Step(
              comment + wanted, Call.of(first.conv(), "backwardData", first.dy(), "dx", "below")));
      return;
    }
    if (path.shortcut() == Shortcut.IDENTITY) {
      steps.add(
          new Step(
              comment + " + dOut" + wanted,
              Call.of(first.conv(), "backwardData", first.dy(), "dx", "dOut", "below")));
      return;
    }
    UnitPlan projection = path.projection();
    String gradient = "dOutIn";
    if (projection.normalized()) {
      gradient = projection.dy();
      weights(path, projection, "xIn", null, steps);
    } else {
      steps.add(
          new Step(
              "gradients of " + projection.conv() + "'s weights and bias",
              Call.of(projection.conv(), "backwardWeights", "xIn", gradient)));
    }
    steps.add(
        new Step(
            dataComment(projection), Call.of(projection.conv(), "backwardData", gradient, "dx")));
    steps.add(
        new Step(
            comment + " + " + projection.conv() + "'s" + wanted,
            Call.of(first.conv(), "backwardData", first.dy(), "dx", "dx", "below")));
  }

  private static String dataComment(UnitPlan unit) {
    return unit.conv() + " backward";
  }

  private static String mask(UnitPlan below) {
    Activation activation = below.unit().activation();
    return activation == Activation.NONE
        ? ", and "
        : " -> " + UnitPlan.name(activation) + " backward, and ";
  }

  private static String read(UnitPlan unit) {
    Activation activation = unit.unit().activation();
    return activation == Activation.NONE
        ? unit.bn()
        : UnitPlan.name(activation) + "(" + unit.bn() + ")";
  }
}
