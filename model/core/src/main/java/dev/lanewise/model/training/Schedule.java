package dev.lanewise.model.training;

import dev.lanewise.model.text.Numbers;
import dev.lanewise.train.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the learning rate goes during a training: a factor of the optimiser's own rate for each step,
 * which is a function of where the step lies. It has a text, by which command lines and model files
 * keep it, so that a resumed training goes on along the same curve.
 *
 * <ul>
 *   <li>{@code constant(warmup=0)}
 *   <li>{@code cosine(warmup=1,to=0)}: down to {@code to} along half a cosine (Loshchilov and
 *       Hutter, "SGDR", 2017)
 *   <li>{@code linear(warmup=1,to=0)}: down to {@code to} along a line
 *   <li>{@code step(every=30,factor=0.1,warmup=0)} or {@code step(at=30/60/80,...)}: times the
 *       factor after so many epochs
 *   <li>{@code one-cycle(peak=0.3,from=0.04,to=0.0001)}: up along a cosine until {@code peak} of
 *       the training is done, then down (Smith and Topin 2017)
 *   <li>{@code plateau(factor=0.1,patience=5,delta=0.0001,warmup=0)}: times the factor after {@code
 *       patience} epochs in which what is watched got no better by {@code delta}
 * </ul>
 *
 * <p>A warm-up raises the rate linearly from nearly 0 (Goyal et al. 2017); it is a {@link Span},
 * and at most half of the training.
 */
public sealed interface Schedule {
  /**
   * Where a step lies.
   *
   * @param step steps of the training done before it
   * @param steps steps of the whole training
   * @param stepsPerEpoch steps of an epoch
   * @param reductions times that a plateau was met
   */
  record Position(long step, long steps, long stepsPerEpoch, int reductions) {
    double share(long from) {
      return Math.min(1, (step - from) / (double) Math.max(1, steps - from));
    }
  }

  /**
   * {@return what the optimiser's learning rate is multiplied by in a step}
   *
   * @param at where the step lies
   */
  double factor(Position at);

  /** {@return the text that {@link #parse} makes it of again} */
  String text();

  /** {@return the rate as it is, always} */
  static Schedule constant() {
    return new Constant(Span.NONE);
  }

  /** {@return a warm-up over the first epoch, then half a cosine down to 0} */
  static Schedule cosine() {
    return new Cosine(new Span(1, Span.Unit.EPOCHS), 0);
  }

  /**
   * {@return the schedule of a text}
   *
   * @param text as above
   * @throws IllegalArgumentException where there is none, saying which there are
   */
  static Schedule parse(String text) {
    Map<String, List<String>> known = new LinkedHashMap<>();
    known.put("cosine", List.of("warmup", "to"));
    known.put("linear", List.of("warmup", "to"));
    known.put("constant", List.of("warmup"));
    known.put("step", List.of("every", "at", "factor", "warmup"));
    known.put("one-cycle", List.of("peak", "from", "to"));
    known.put("plateau", List.of("factor", "patience", "delta", "warmup"));
    Term term = Term.parse("schedule", text, known);
    Span warmUp;
    boolean falling = term.name().equals("cosine") || term.name().equals("linear");
    try {
      warmUp = Span.parse(term.text("warmup", falling ? "1" : "0"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          term.required("warmup", "a number of epochs, or of steps as 500steps,"), e);
    }
    return switch (term.name()) {
      case "cosine" -> new Cosine(warmUp, term.number("to", 0, 0, 1));
      case "linear" -> new Linear(warmUp, term.number("to", 0, 0, 1));
      case "constant" -> new Constant(warmUp);
      case "step" -> Steps.of(term, warmUp);
      case "one-cycle" ->
          new OneCycle(
              term.number("peak", 0.3, 0, 1),
              term.number("from", 0.04, 0, 1),
              term.number("to", 1e-4, 0, 1));
      case "plateau" -> {
        long patience = term.integer("patience", 5);
        if (patience < 1 || patience > Integer.MAX_VALUE) {
          throw new IllegalArgumentException(
              term.required("patience", "a number of epochs from 1"));
        }
        yield new Plateau(
            term.number("factor", 0.1, 0, 1),
            (int) patience,
            term.number("delta", 1e-4, 0, Double.MAX_VALUE),
            warmUp);
      }
      default -> throw new AssertionError(term.name());
    };
  }

  private static long warmUpSteps(Span warmUp, Position at) {
    return Math.min(warmUp.steps(at.stepsPerEpoch()), at.steps() / 2);
  }

  /** Returns the factor while the rate is raised; 1 afterwards. */
  private static double raised(long warmUp, Position at) {
    return at.step() < warmUp ? (at.step() + 1) / (double) warmUp : 1;
  }

  /** Returns 1 at no share of the way, 0 at its end, along half a cosine. */
  private static double halfCosine(double share) {
    return (1 + StrictMath.cos(Math.PI * share)) / 2;
  }

  /**
   * The rate as it is.
   *
   * @param warmUp length of the warm-up
   */
  record Constant(Span warmUp) implements Schedule {
    @Override
    public double factor(Position at) {
      return raised(warmUpSteps(warmUp, at), at);
    }

    @Override
    public String text() {
      return "constant(warmup=" + warmUp + ")";
    }
  }

  /**
   * Down along half a cosine.
   *
   * @param warmUp length of the warm-up
   * @param to the last factor
   */
  record Cosine(Span warmUp, double to) implements Schedule {
    @Override
    public double factor(Position at) {
      long warm = warmUpSteps(warmUp, at);
      return at.step() < warm ? raised(warm, at) : to + (1 - to) * halfCosine(at.share(warm));
    }

    @Override
    public String text() {
      return "cosine(warmup=" + warmUp + ",to=" + Numbers.exact(to) + ")";
    }
  }

  /**
   * Down along a line.
   *
   * @param warmUp length of the warm-up
   * @param to the last factor
   */
  record Linear(Span warmUp, double to) implements Schedule {
    @Override
    public double factor(Position at) {
      long warm = warmUpSteps(warmUp, at);
      return at.step() < warm ? raised(warm, at) : 1 - (1 - to) * at.share(warm);
    }

    @Override
    public String text() {
      return "linear(warmup=" + warmUp + ",to=" + Numbers.exact(to) + ")";
    }
  }

  /**
   * Times a factor after epochs.
   *
   * @param at the epochs after which it falls, ascending; empty for every so many
   * @param every epochs between two falls; not used where {@code at} is not empty
   * @param factor what it is multiplied by
   * @param warmUp length of the warm-up
   */
  record Steps(List<Integer> at, int every, double factor, Span warmUp) implements Schedule {
    /** Copies the epochs. */
    public Steps {
      at = List.copyOf(at);
    }

    private static Steps of(Term term, Span warmUp) {
      List<Integer> at = new ArrayList<>();
      String required = "ascending epochs from 1, as 30/60/80,";
      if (term.has("at")) {
        for (String epoch : term.text("at", "").split("/", -1)) {
          try {
            at.add(Integer.parseInt(epoch.strip()));
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException(term.required("at", required), e);
          }
        }
        for (int i = 0; i < at.size(); i++) {
          if (at.get(i) <= (i == 0 ? 0 : at.get(i - 1))) {
            throw new IllegalArgumentException(term.required("at", required));
          }
        }
      }
      if (term.has("at") && term.has("every")) {
        throw new IllegalArgumentException("schedule step requires one of 'every' and 'at'");
      }
      long every = term.integer("every", 30);
      if (every < 1 || every > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(term.required("every", "a number of epochs from 1"));
      }
      return new Steps(at, (int) every, term.number("factor", 0.1, 0, 1), warmUp);
    }

    @Override
    public double factor(Position position) {
      long epoch = position.step() / Math.max(1, position.stepsPerEpoch());
      long falls = at.isEmpty() ? epoch / every : at.stream().filter(e -> e <= epoch).count();
      return raised(warmUpSteps(warmUp, position), position) * StrictMath.pow(factor, falls);
    }

    @Override
    public String text() {
      String when =
          at.isEmpty()
              ? "every=" + every
              : "at=" + String.join("/", at.stream().map(Object::toString).toList());
      return "step(" + when + ",factor=" + Numbers.exact(factor) + ",warmup=" + warmUp + ")";
    }
  }

  /**
   * Up along a cosine, and down again.
   *
   * @param peak share of the training after which the rate is the optimiser's own
   * @param from the first factor
   * @param to the last factor
   */
  record OneCycle(double peak, double from, double to) implements Schedule {
    @Override
    public double factor(Position at) {
      double share = at.share(0);
      if (share < peak) {
        return 1 - (1 - from) * halfCosine(share / peak);
      }
      double rest = peak < 1 ? (share - peak) / (1 - peak) : 0;
      return to + (1 - to) * halfCosine(rest);
    }

    @Override
    public String text() {
      return "one-cycle(peak="
          + Numbers.exact(peak)
          + ",from="
          + Numbers.exact(from)
          + ",to="
          + Numbers.exact(to)
          + ")";
    }
  }

  /**
   * Times a factor whenever nothing gets better.
   *
   * @param factor what it is multiplied by
   * @param patience epochs without a gain after which it falls
   * @param delta what counts as a gain
   * @param warmUp length of the warm-up
   */
  record Plateau(double factor, int patience, double delta, Span warmUp) implements Schedule {
    @Override
    public double factor(Position at) {
      return raised(warmUpSteps(warmUp, at), at) * StrictMath.pow(factor, at.reductions());
    }

    @Override
    public String text() {
      return "plateau(factor="
          + Numbers.exact(factor)
          + ",patience="
          + patience
          + ",delta="
          + Numbers.exact(delta)
          + ",warmup="
          + warmUp
          + ")";
    }
  }
}
