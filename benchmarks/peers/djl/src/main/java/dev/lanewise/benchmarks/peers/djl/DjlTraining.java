package dev.lanewise.benchmarks.peers.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import dev.lanewise.benchmarks.peers.NetworkProblem;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;

/** Steps of training by DJL's trainer: forward, backward, Adam. */
final class DjlTraining implements Task {
  private final Model model;
  private final Trainer trainer;
  private final NDArray images;
  private final NDArray labels;

  DjlTraining(Work work) {
    model = Model.newInstance("resnet50");
    model.setBlock(DjlResNet50.build());
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed(1e-3f)).build()));
    trainer.initialize(DjlResNet50.shape(work));
    DjlResNet50.checkParameters(work, model.getBlock());
    NDManager manager = trainer.getManager();
    images = manager.create(NetworkProblem.planes(work), DjlResNet50.shape(work));
    labels = manager.create(NetworkProblem.labels(work));
    double first = step();
    double last = first;
    for (int i = 1; i < NetworkProblem.STEPS; i++) {
      last = step();
    }
    NetworkProblem.checkLosses(first, last);
  }

  private double step() {
    // Frees the step's arrays at its end.
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray x = images.duplicate();
      NDArray y = labels.duplicate();
      x.attach(manager);
      y.attach(manager);
      NDArray loss;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList logits = trainer.forward(new NDList(x));
        loss = trainer.getLoss().evaluate(new NDList(y), logits);
        collector.backward(loss);
      }
      trainer.step();
      return loss.getFloat();
    }
  }

  @Override
  public void run() {
    step();
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
