package dev.lanewise.cli;

import dev.lanewise.exchange.ExchangeException;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.EpochLines;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.NonFiniteLossException;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingRun;
import dev.lanewise.model.training.Unfailing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Runs one training of the command line: tells of it, saves it, and ends it when asked to. */
final class TrainSession {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Model model;
  private final ModelSaver saver;
  private final PrintWriter out;
  private final PrintWriter err;
  private final ProgressBars bars;
  private final AtomicReference<TrainingRun> run = new AtomicReference<>();
  private final AtomicReference<String> asked = new AtomicReference<>();
  private final List<TrainingListener> listeners = new ArrayList<>();

  /** Where the training was when it was saved last; null before that. */
  private String saved;

  /**
   * Prepares to train a model.
   *
   * @param saver saves it; null where another worker does
   * @param out takes lines for people, as {@code err} takes warnings
   * @param showsBars whether {@code err} also shows progress bars
   */
  TrainSession(Model model, ModelSaver saver, PrintWriter out, PrintWriter err, boolean showsBars) {
    this.model = model;
    this.saver = saver;
    this.out = out;
    this.err = err;
    bars = new ProgressBars(err, Terminal::columns);
    listeners.add(
        new TrainingListener() {
          @Override
          public void onTrainBegin(TrainingRun begun) {
            run.set(begun);
            // Asked before there was anything to stop.
            String before = asked.get();
            if (before != null) {
              begun.stop(before);
            }
          }

          @Override
          public void onCheckpoint(Path file) {
            if (saver != null && file.equals(saver.file())) {
              saved = place();
            }
          }
        });
    listeners.add(new EpochLines(out::println, Terminal::columns));
    if (showsBars) {
      listeners.add(bars);
    }
  }

  /** Also tells a listener whose failures are told, and do not end the training. */
  void listenUnfailing(TrainingListener listener) {
    listeners.add(new Unfailing(listener, this::warn));
  }

  /**
   * Saves the model while it trains.
   *
   * @param best saves the best; null for nowhere
   */
  void checkpoint(SaveOptions saving, ModelSaver best) {
    listeners.add(saving.checkpoints(model, saver, best, this::warn));
  }

  /** Tells of something that does not keep the training from going on. */
  void warn(String message) {
    bars.aside(
        () -> {
          err.println("lanewise: " + message.replaceAll("\\s*\\R\\s*", " "));
          err.flush();
        });
  }

  private void say(String line) {
    bars.aside(
        () -> {
          out.println(line);
          out.flush();
        });
  }

  /**
   * Trains, and saves the result.
   *
   * @param options how; null to go on with a training that was stopped
   * @return the exit code
   */
  int train(DatasetPair pair, FitOptions options) {
    long start = System.nanoTime();
    int tested = pair.test() == null ? 0 : pair.test().size();
    listeners.add(new Pace(tested, this::say, System::nanoTime));
    try (Signals signals = Signals.listen(this::stop)) {
      History history;
      try {
        history = run(pair, options);
      } catch (NonFiniteLossException e) {
        throw lost(e, signals);
      } catch (ExchangeException e) {
        throw left(e, signals);
      }
      boolean stopped = model.unfinished().isPresent();
      if (!stopped) {
        EarlyEnd.text(model.recipe(), history, run.get().plan().lastEpoch())
            .ifPresent(out::println);
        tellTest(pair, history);
      }
      int code = code(signals);
      if (saver == null) {
        out.println(
            (stopped ? "Stopped" : "Done   ")
                + "   after "
                + seconds(start)
                + "; worker 0 saves the model");
        return code;
      }
      Path file = new LastSave(model, saver, this::warn, signals).save();
      out.println("Saved     " + file.toAbsolutePath().normalize() + ", after " + seconds(start));
      out.println(
          stopped
              ? "Next      " + Invocation.of(List.of("train", "--resume", file.toString()))
              : "Next      "
                  + Invocation.of(List.of("predict", "--model", file.toString()))
                  + " IMAGE...");
      return code;
    }
  }

  /** Returns the exit code; of a training that another worker has stopped, that of a request. */
  private int code(Signals signals) {
    Optional<String> byOther = run.get().stopped().filter(by -> signals.received().isEmpty());
    byOther.ifPresent(by -> out.println("Stopped   by " + by));
    return signals
        .received()
        .or(() -> byOther.map(by -> Signals.Kind.TERM))
        .map(Signals.Kind::exitCode)
        .orElse(0);
  }

  private static String seconds(long start) {
    return String.format(Locale.ROOT, "%.0f s", (System.nanoTime() - start) / NANOS_PER_SECOND);
  }

  private History run(DatasetPair pair, FitOptions options) {
    if (options == null) {
      return model.resume(pair.train(), pair.test(), listeners);
    }
    FitOptions heard = options.withValidation(pair.test());
    for (TrainingListener listener : listeners) {
      heard = heard.withListener(listener);
    }
    return model.fit(pair.train(), heard);
  }

  /** Says, with what went wrong, what there is of the training; saves it where nothing is yet. */
  private ModelException lost(NonFiniteLossException e, Signals signals) {
    String kept;
    if (saver == null) {
      return e;
    } else if (saved != null) {
      kept = saver.file() + " holds it as it was " + saved;
    } else if (isFinite()) {
      Path file = new LastSave(model, saver, this::warn, signals).save();
      kept = file + " holds it as it was before that step";
    } else {
      kept = "nothing is saved, as its weights are no finite numbers either";
    }
    return new ModelException(e.getMessage() + "; " + kept, e);
  }

  /** Says, with what went wrong among the workers, from where they can go on. */
  private RuntimeException left(ExchangeException e, Signals signals) {
    if (saver == null) {
      return e;
    }
    String kept;
    if (run.get() != null && model.recipe().accumulate() == 1) {
      // Weights and statistics are those of the last whole step.
      Path file = new LastSave(model, saver, this::warn, signals).save();
      kept = file + " holds the training as it was " + place() + ", and --resume goes on with it";
    } else if (saved != null) {
      kept =
          saver.file()
              + " holds the training as it was "
              + saved
              + ", and --resume goes on with it";
    } else {
      kept = "nothing was saved yet";
    }
    return new ModelException(e.getMessage() + "; " + kept, e);
  }

  /** Returns whether all parameters can be used. */
  private boolean isFinite() {
    for (Parameter parameter : model.network().parameters()) {
      for (float value : parameter.values()) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns where the training is. */
  private String place() {
    return model
        .unfinished()
        .filter(left -> left.batchesDone() > 0)
        .map(
            left ->
                String.format(
                    Locale.ROOT,
                    "in epoch %d, after batch %d of %d",
                    left.firstEpoch(),
                    left.batchesDone(),
                    left.batchesPerEpoch()))
        .orElseGet(() -> "after epoch " + model.epochsDone());
  }

  private void stop(String by) {
    err.println(
        System.lineSeparator()
            + "lanewise: stopping by "
            + by
            + " after this step, and saving; once more ends it at once");
    err.flush();
    asked.set(by);
    TrainingRun running = run.get();
    if (running != null) {
      running.stop(by);
    }
  }

  /** Tells what the test images say of the result, which may not be that of the last epoch. */
  private void tellTest(DatasetPair pair, History history) {
    if (pair.test() == null || history.epochs().isEmpty()) {
      return;
    }
    EpochResult last = history.epochs().getLast();
    boolean asLast =
        model.recipe().earlyStopping() == null && model.recipe().preciseBatchNorm() == 0;
    // Evaluating once more would keep weights for it that take as much memory as all parameters.
    Evaluation test =
        asLast
            ? new Evaluation(last.figures().validation(), pair.test().size())
            : model.evaluate(pair.test(), model.batchSize());
    out.println(
        String.format(
            Locale.ROOT,
            "Test      %s on %d images",
            FigureTexts.of(test.figures(), ", "),
            pair.test().size()));
  }
}
