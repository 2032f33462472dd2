package dev.lanewise.spark.run;

import com.google.gson.Gson;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What became of an attempt, as one worker tells it. Workers return what failed instead of throwing
 * it: of several that end, the driver can see then which was the cause.
 *
 * @param rank the worker's number
 * @param host where it ran
 * @param kind how it ended
 * @param message what failed, for the user; null where nothing did
 */
record Outcome(int rank, String host, Kind kind, String message) {
  private static final Gson GSON = new Gson();

  /** How a worker ends, the likelier cause first. */
  enum Kind {
    /** By a mistake of the user: another attempt would end alike. */
    MISTAKE,
    /** By something else that it found itself. */
    FAILED,
    /** By the end of others. */
    LOST,
    /** The training is done. */
    DONE
  }

  String text() {
    return GSON.toJson(this);
  }

  static Outcome parse(String text) {
    return GSON.fromJson(text, Outcome.class);
  }

  /** Returns the likeliest cause of a failure; empty where there was none. */
  static Optional<Outcome> cause(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(outcome -> outcome.kind != Kind.DONE)
        .min(Comparator.comparing(Outcome::kind).thenComparing(Outcome::rank));
  }

  /** Returns it for the user. */
  String line() {
    return kind == Kind.MISTAKE ? message : message + " (worker " + rank + " on " + host + ")";
  }
}
