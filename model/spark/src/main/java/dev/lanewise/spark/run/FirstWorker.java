package dev.lanewise.spark.run;

import dev.lanewise.model.Checkpoints;
import dev.lanewise.model.Model;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.report.ReportSubject;
import dev.lanewise.model.report.TrainingReport;
import dev.lanewise.model.training.EpochLines;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingRun;
import dev.lanewise.model.training.Unfailing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the first worker does for all: it saves, and tells the driver of the progress. */
final class FirstWorker {
  private static final Logger LOG = LoggerFactory.getLogger(FirstWorker.class);

  private final Model model;
  private final DatasetPair data;
  private final CheckpointStore store;
  private final ClusterSettings cluster;
  private final Path scratch;
  private final CollectionAccumulator<String> lines;
  private final LongAccumulator images;

  FirstWorker(
      Model model,
      DatasetPair data,
      CheckpointStore store,
      ClusterSettings cluster,
      Path scratch,
      CollectionAccumulator<String> lines,
      LongAccumulator images) {
    this.model = model;
    this.data = data;
    this.store = store;
    this.cluster = cluster;
    this.scratch = scratch;
    this.lines = lines;
    this.images = images;
  }

  List<TrainingListener> listeners() {
    List<TrainingListener> listeners = new ArrayList<>();
    listeners.add(new EpochLines(this::tell, () -> Integer.MAX_VALUE));
    listeners.add(new ImageCounter(images));
    Checkpoints checkpoints = cluster.interval().checkpoints(this::save, this::warn);
    listeners.add(checkpoints);
    if (cluster.report() != null) {
      listeners.add(new Unfailing(report(), this::warn));
    }
    return listeners;
  }

  private void tell(String line) {
    LOG.info(line);
    lines.add(line);
  }

  private void warn(String line) {
    LOG.warn(line);
    lines.add("Warning: " + line);
  }

  private Path save() {
    Path file = scratch.resolve("checkpoint.h5");
    model.save(file);
    tell("Saved " + store.addCheckpoint(file));
    return file;
  }

  private TrainingListener report() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("network", model.network().name());
    settings.put("input", model.imageShape() + " of " + model.preprocessing().formula());
    settings.put("classes", String.join(", ", model.classNames()));
    settings.put("optimiser", model.describeOptimizer());
    settings.put("threads of each worker", Integer.toString(model.threads()));
    return new TrainingReport(
        Path.of(cluster.report()),
        new ReportSubject(
            "Training of " + model.network().name(), settings, data.train(), data.test()),
        images -> model.predictEvaluated(images, model.batchSize()));
  }

  /** Counts the images that were trained on, over all workers. */
  private static final class ImageCounter implements TrainingListener {
    private final LongAccumulator counter;
    private int ofEpoch;

    ImageCounter(LongAccumulator counter) {
      this.counter = counter;
    }

    @Override
    public void onTrainBegin(TrainingRun run) {
      ofEpoch = run.plan().batchesDone() * run.plan().batchSize();
    }

    @Override
    public void onStepEnd(StepResult step) {
      counter.add((long) step.images() - ofEpoch);
      ofEpoch = step.images();
    }

    @Override
    public void onEpochEnd(EpochResult epoch) {
      ofEpoch = 0;
    }
  }
}
