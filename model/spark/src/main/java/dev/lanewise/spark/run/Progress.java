package dev.lanewise.spark.run;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What the driver sees of an attempt while it runs: accumulators, whose values come with the
 * heartbeats of the executors, every ten seconds where nothing else is set.
 */
final class Progress extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final Consumer<String> out;
  private final CollectionAccumulator<String> lines;
  private final LongAccumulator images;
  private final CollectionAccumulator<String> outcomes;
  private int told;

  /**
   * Begins to listen.
   *
   * @param out takes each line once
   */
  Progress(SparkContext spark, Consumer<String> out) {
    this.spark = spark;
    this.out = out;
    lines = spark.collectionAccumulator("lanewise epochs");
    images = spark.longAccumulator("lanewise images trained");
    outcomes = spark.collectionAccumulator("lanewise outcomes");
    spark.addSparkListener(this);
  }

  CollectionAccumulator<String> lines() {
    return lines;
  }

  LongAccumulator images() {
    return images;
  }

  /** What workers that have ended tell; it comes with the end of their tasks. */
  CollectionAccumulator<String> outcomes() {
    return outcomes;
  }

  /** Returns what failed so far. */
  List<Outcome> failures() {
    return outcomes.value().stream()
        .map(Outcome::parse)
        .filter(outcome -> outcome.kind() != Outcome.Kind.DONE)
        .toList();
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
    for (var task : CollectionConverters.asJava(event.accumUpdates())) {
      for (AccumulableInfo value : CollectionConverters.asJava(task._4())) {
        if (value.id() == lines.id() && value.update().isDefined()) {
          tell(value.update().get());
        }
      }
    }
  }

  private synchronized void tell(Object value) {
    if (value instanceof List<?> all) {
      for (; told < all.size(); told++) {
        out.accept(all.get(told).toString());
      }
    }
  }

  /** Tells what is left and ends listening. */
  @Override
  public void close() {
    spark.removeSparkListener(this);
    tell(lines.value());
  }
}
