package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BatchNormSpec;
import dev.lanewise.processor.spec.DenseSpec;
import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.processor.spec.TailSpec;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.Initializer;
import dev.lanewise.spec.Padding;
import dev.lanewise.spec.Pool;
import dev.lanewise.tensor.Window;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the annotations that stand inside others. */
final class PartReader {
  private static final List<String> MEMBERS =
      List.of("name", "size", "stride", "padding", "pad", "zeros", "padName");

  private final Problems problems;
  private final LayerNames names;
  private final WindowReader windows;
  private final Map<Pool.Kind, Integer> unnamedPools = new EnumMap<>(Pool.Kind.class);

  PartReader(Problems problems) {
    this.problems = problems;
    this.names = new LayerNames(problems);
    this.windows = new WindowReader(problems);
  }

  BatchNormSpec batchNorm(Annotation annotation) {
    double momentum = annotation.real("momentum");
    double epsilon = annotation.real("epsilon");
    if (!(momentum >= 0 && momentum < 1)) {
      problems.report(
          annotation.at("momentum"),
          "momentum",
          "the old value's weight, at least 0 and less than 1",
          momentum);
    }
    if (!(epsilon > 0 && Double.isFinite(epsilon))) {
      problems.report(annotation.at("epsilon"), "epsilon", "a positive number", epsilon);
    }
    return new BatchNormSpec(momentum, epsilon, annotation.choice("mode", BatchNorm.Mode.class));
  }

  /**
   * Reads an initialiser.
   *
   * @param ofNetwork whether it may refer to the network's
   */
  InitializerSpec initializer(Annotation annotation, boolean ofNetwork) {
    Initializer.Kind kind = annotation.choice("value", Initializer.Kind.class);
    double min = annotation.real("min");
    double max = annotation.real("max");
    if (kind == Initializer.Kind.OF_NETWORK && !ofNetwork) {
      problems.report(
          annotation.at("value"),
          "initializer of the network",
          "a distribution, as there is nothing above to take it from",
          kind);
    }
    if (kind == Initializer.Kind.RANDOM_UNIFORM) {
      if (!(min < max && Double.isFinite(max - min))) {
        String member = annotation.given("min") || !annotation.given("max") ? "min" : "max";
        problems.report(
            annotation.at(member),
            kind + "'s " + member,
            "min less than max",
            "min = " + min + ", max = " + max);
      }
    } else {
      onlyFor(annotation, "min", "RANDOM_UNIFORM", kind);
      onlyFor(annotation, "max", "RANDOM_UNIFORM", kind);
    }
    if (kind == Initializer.Kind.OF_NETWORK
        || kind == Initializer.Kind.ZEROS
        || kind == Initializer.Kind.ONES) {
      onlyFor(annotation, "seed", "a distribution that is drawn", kind);
    }
    return new InitializerSpec(kind, min, max, annotation.longNumber("seed"));
  }

  private void onlyFor(
      Annotation annotation, String member, String required, Initializer.Kind got) {
    if (annotation.given(member)) {
      problems.report(annotation.at(member), member + " of an initializer", required, got);
    }
  }

  NamePattern dense(Annotation head) {
    return names.pattern(head, "dense", "name of the dense layer", Set.of("classes"));
  }

  /** Reads a dense layer in front of the head's last. */
  DenseSpec hidden(Annotation dense) {
    String name = dense.text("name");
    names.checkWhole(dense.at("name"), "name of a dense layer", name);
    int units = dense.number("units");
    String owner = "dense layer '" + name + "'";
    if (units <= 0) {
      problems.report(dense.at("units"), "units of " + owner, "a positive number", units);
    }
    String batchNorm = dense.text("batchNorm");
    if (!batchNorm.isEmpty()) {
      names.checkWhole(dense.at("batchNorm"), "batchNorm of " + owner, batchNorm);
    }
    return new DenseSpec(
        name,
        units,
        batchNorm,
        dense.choice("activation", Activation.class),
        dropout(dense, owner));
  }

  /** Reads the rate of the dropout in front of a dense layer. */
  double dropout(Annotation annotation, String owner) {
    double rate = annotation.real("dropout");
    if (!(rate >= 0 && rate < 1)) {
      problems.report(
          annotation.at("dropout"),
          "dropout in front of " + owner,
          "a rate of at least 0 and less than 1",
          rate);
    }
    return rate;
  }

  private String poolName(Annotation annotation, Pool.Kind kind) {
    if (!annotation.given("name")) {
      String layer =
          switch (kind) {
            case MAX -> "max_pooling2d_";
            case AVERAGE -> "average_pooling2d_";
            default -> "global_average_pooling2d_";
          };
      return layer + unnamedPools.merge(kind, 1, Integer::sum);
    }
    String name = annotation.text("name");
    names.checkWhole(annotation.at("name"), "name of the pool", name);
    return name;
  }

  /** Reads a pooling; the window is null where there are mistakes. */
  PoolSpec pool(Annotation annotation, String owner) {
    Pool.Kind kind = annotation.choice("value", Pool.Kind.class);
    String subject = "pool of " + owner;
    if (kind == Pool.Kind.NONE) {
      for (String member : MEMBERS) {
        if (annotation.given(member)) {
          problems.report(annotation.at(member), subject, "nothing but Pool.Kind.NONE", member);
        }
      }
      return PoolSpec.NONE;
    }
    String name = poolName(annotation, kind);
    if (kind == Pool.Kind.GLOBAL_AVERAGE) {
      for (String member : new String[] {"size", "stride", "padding", "pad"}) {
        if (annotation.given(member)) {
          problems.report(
              annotation.at(member),
              subject,
              "no " + member + ", as the window of GLOBAL_AVERAGE is the whole map",
              "one");
        }
      }
      zeros(annotation, kind, subject);
      return new PoolSpec(kind, name, null, false, "");
    }
    if (!annotation.given("size")) {
      problems.report(annotation.place(), subject, "a size", "none");
      return new PoolSpec(kind, name, null, false, "");
    }
    Window window =
        windows.read(annotation, "the pool", "size", WindowReader.StrideRule.OWN_OR_SIZE);
    return new PoolSpec(
        kind, name, window, zeros(annotation, kind, subject), padName(annotation, subject));
  }

  private boolean zeros(Annotation annotation, Pool.Kind kind, String subject) {
    boolean zeros = annotation.flag("zeros");
    boolean pads = annotation.choice("padding", Padding.class) == Padding.EXPLICIT;
    if (zeros && (kind != Pool.Kind.MAX || !pads)) {
      problems.report(
          annotation.at("zeros"),
          "zeros of the " + subject,
          "Pool.Kind.MAX and Padding.EXPLICIT with it",
          kind + " and " + annotation.choice("padding", Padding.class));
    }
    return zeros;
  }

  private String padName(Annotation annotation, String subject) {
    String name = annotation.text("padName");
    if (!name.isEmpty()) {
      names.checkWhole(annotation.at("padName"), "padName of the " + subject, name);
      if (!annotation.flag("zeros")) {
        problems.report(
            annotation.at("padName"),
            "padName of the " + subject,
            "zeros = true with it, as there is no other padding layer",
            "zeros = false");
      }
    }
    return name;
  }

  /** Reads the end of the trunk. */
  TailSpec tail(Annotation annotation) {
    String norm = annotation.text("batchNorm");
    if (!annotation.given("batchNorm")) {
      problems.report(annotation.place(), "the tail", "conv or batchNorm", "neither");
      return null;
    }
    names.checkWhole(annotation.at("batchNorm"), "batchNorm of the tail", norm);
    String activation = annotation.text("activation");
    if (!activation.isEmpty()) {
      names.checkWhole(annotation.at("activation"), "activation of the tail", activation);
    }
    Activation function = annotation.choice("function", Activation.class);
    if (function == Activation.NONE && !activation.isEmpty()) {
      problems.report(
          annotation.at("activation"),
          "activation of the tail",
          "none, as function = NONE leaves no layer to name",
          "'" + activation + "'");
    }
    return new TailSpec(List.of(), norm, activation, function);
  }
}
