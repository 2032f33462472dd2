package dev.lanewise.spark.run;

import dev.lanewise.exchange.ExchangeException;
import dev.lanewise.exchange.Hello;
import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.exchange.WorkerListener;
import dev.lanewise.model.Model;
import dev.lanewise.model.data.DataException;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.spark.run.Outcome.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the workers of an attempt, on an executor. */
final class Worker implements BarrierStage.Work {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final TrainingSettings settings;
  private final TrainingData data;
  private final ClusterSettings cluster;
  private final SerializableConfiguration hadoop;
  private final CollectionAccumulator<String> lines;
  private final LongAccumulator images;
  private final CollectionAccumulator<String> outcomes;
  private final String token;

  /** The number of the checkpoint to go on from; 0 for none. */
  private final long checkpoint;

  /**
   * Prepares what is sent to the executors.
   *
   * @param progress what the driver sees of the training
   * @param token the secret of this attempt
   * @param checkpoint the number of the checkpoint to go on from; 0 for none
   */
  Worker(
      TrainingSettings settings,
      TrainingData data,
      ClusterSettings cluster,
      SerializableConfiguration hadoop,
      Progress progress,
      String token,
      long checkpoint) {
    this.settings = settings;
    this.data = data;
    this.cluster = cluster;
    this.hadoop = hadoop;
    this.lines = progress.lines();
    this.images = progress.images();
    this.outcomes = progress.outcomes();
    this.token = token;
    this.checkpoint = checkpoint;
  }

  @Override
  public String run(BarrierTaskContext context) {
    int rank = context.partitionId();
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    Outcome outcome;
    try {
      work(context, host);
      outcome = new Outcome(rank, host, Kind.DONE, null);
    } catch (StorageException | DataException e) {
      outcome = new Outcome(rank, host, Kind.FAILED, e.getMessage());
    } catch (ModelException e) {
      outcome = new Outcome(rank, host, Kind.MISTAKE, e.getMessage());
    } catch (ExchangeException e) {
      outcome = new Outcome(rank, host, Kind.LOST, e.getMessage());
    } catch (RuntimeException | IOException e) {
      LOG.error("worker {} failed", rank, e);
      outcome = new Outcome(rank, host, Kind.FAILED, e.toString());
    }
    if (outcome.message() != null) {
      LOG.warn("worker {} ends: {}", rank, outcome.message());
    }
    String text = outcome.text();
    outcomes.add(text);
    return text;
  }

  private void work(BarrierTaskContext context, String host) throws IOException {
    try (WorkerListener listener = listener(host)) {
      listener.setNotices(LOG::info);
      Introduction own = new Introduction(host, listener.port(), Introduction.refusal(host));
      // Once: each takes a second, and a worker that fails before it would let the others wait.
      List<Introduction> all = Introduction.parse(context.allGather(own.text()));
      Introduction.refusal(all)
          .ifPresent(
              refusal -> {
                throw new ModelException(refusal);
              });
      Hello hello = new Hello(token, context.partitionId(), all.size(), Map.of());
      try (WorkerGroup group =
          listener.connect(hello, Introduction.addresses(all), cluster.exchange())) {
        train(context, group);
      }
    }
  }

  private static WorkerListener listener(String host) {
    return WorkerListener.bind(new InetSocketAddress(host, 0));
  }

  private void train(BarrierTaskContext context, WorkerGroup group) throws IOException {
    Path scratch = Files.createTempDirectory("lanewise-worker");
    try {
      train(context, group, scratch);
    } catch (RuntimeException | Error e) {
      group.abort(String.valueOf(e.getMessage()));
      throw e;
    } finally {
      Scratch.remove(scratch);
    }
  }

  private void train(BarrierTaskContext context, WorkerGroup group, Path scratch) {
    Configuration configuration = hadoop.value();
    CheckpointStore store = new CheckpointStore(configuration, cluster.checkpoints());
    int threads = cluster.threads(context.cpus(), group.size());
    LOG.info(
        "worker {} of {} trains with {} threads from {}",
        group.rank(),
        group.size(),
        threads,
        checkpoint == 0 ? "the beginning" : "checkpoint " + checkpoint);
    try (TrainingData.Open open = data.open(configuration, settings.imageShape());
        Model model = model(open, store, scratch, threads)) {
      model.setWorkers(group);
      List<TrainingListener> listeners =
          group.rank() == 0
              ? new FirstWorker(model, open.pair(), store, cluster, scratch, lines, images)
                  .listeners()
              : List.of();
      if (checkpoint == 0) {
        model.fit(
            open.pair().train(),
            listeners.stream()
                .reduce(
                    settings.options().withValidation(open.pair().test()),
                    (options, listener) -> options.withListener(listener),
                    (one, other) -> one));
      } else {
        model.resume(open.pair().train(), open.pair().test(), listeners);
      }
      if (group.rank() == 0) {
        Path trained = scratch.resolve("model.h5");
        model.save(trained);
        store.putModel(trained);
      }
    }
  }

  private Model model(TrainingData.Open open, CheckpointStore store, Path scratch, int threads) {
    if (checkpoint == 0) {
      return settings.build(open.pair(), threads);
    }
    Path file = scratch.resolve("resumed.h5");
    store.get(store.checkpoint(checkpoint), file);
    return Model.load(file, threads);
  }
}
