package dev.lanewise.processor.plan;

import dev.lanewise.spec.Shortcut;

/** Declares the tensors and views of training's two passes over a stem or a block. */
final class TrainingTensors {
  private TrainingTensors() {}

  static Lifetimes of(ConvPath path) {
    Lifetimes training = new Lifetimes();
    training.view("Operand", "xIn", Call.of("Operand", "of", "x"));
    training.view("Operand", "dOutIn", Call.of("Operand", "of", "dOut"), "dOut");
    NormPlan pre = path.pre();
    if (pre != null) {
      training.view("Operand", pre.a(), Call.of(pre.bn(), "activated", "x", "RELU"));
      training.view("Epilogue", pre.sums(), Call.of(pre.bn(), "gradientSums", "x", "RELU"));
    }
    for (int i = 0; i < path.units().size(); i++) {
      declare(training, path.units().get(i), path.sourceTensor(i));
    }
    if (path.projection() != null) {
      declare(training, path.projection(), "x");
    }
    UnitPlan last = path.last();
    if (path.pools()) {
      training.tensor("out", Call.of("pool", "outputShape", last.y() + ".shape()"));
      training.tensor("argmax", Call.of("out", "shape"));
    } else if (path.writesOut()) {
      String in = path.sourceTensor(path.units().size() - 1);
      training.tensor("out", Call.of(last.conv(), "outputShape", in + ".shape()"));
    } else {
      training.tensor("out", Call.of(last.y(), "shape"));
      join(training, path);
    }
    training.tensor("dx", Call.of("x", "shape"));
    training.tensor("dShortcut", Call.of("x", "shape"));
    return training;
  }

  private static void declare(Lifetimes training, UnitPlan unit, String in) {
    training.tensor(unit.y(), Call.of(unit.conv(), "outputShape", in + ".shape()"));
    // The gradient takes the place of y, which nothing reads any more.
    training.view("Operand", unit.dy(), Call.of("Operand", "of", unit.y()), unit.y());
    if (!unit.normalized()) {
      training.view("Operand", unit.a(), Call.of("Operand", "of", unit.y()), unit.y());
      return;
    }
    String activation = unit.unit().activation().name();
    training.view(
        "Operand", unit.a(), Call.of(unit.bn(), "activated", unit.y(), activation), unit.y());
    training.tensor(unit.dz(), Call.of(unit.y(), "shape"));
    training.view(
        "Epilogue",
        unit.sums(),
        Call.of(unit.bn(), "gradientSums", unit.y(), activation),
        unit.y());
  }

  private static void join(Lifetimes training, ConvPath path) {
    UnitPlan last = path.last();
    String activation = path.activation().name();
    if (path.projects(true)) {
      UnitPlan projection = path.projection();
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
    } else {
      Call make =
          path.shortcut() == Shortcut.NONE
              ? Call.of("Join", "plain", last.bn(), last.y(), activation, "out")
              : Call.of(
                  "Join",
                  "identity",
                  last.bn(),
                  last.y(),
                  path.shortcutStandsInOut() ? "out" : "x",
                  activation,
                  "out");
      training.view("Join", "join", make, last.y(), "out");
    }
    training.view("Epilogue", "outSums", Call.of("join", "gradientSums"));
  }
}
