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
import dev.lanewise.benchmarks.peers.Images;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Workload;

/** Steps of training by DJL's trainer: forward, backward, Adam. */
final class DjlTraining implements Task {
  private final Model model;
  private final Trainer trainer;
  private final NDArray images;
  private final NDArray labels;

  DjlTraining(Workload workload) {
    model = Model.newInstance("resnet50");
    model.setBlock(DjlResNet50.build());
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed(1e-3f)).build()));
    trainer.initialize(DjlResNet50.shape(workload));
    DjlResNet50.checkParameters(workload, model.getBlock());
    NDManager manager = trainer.getManager();
    images = manager.create(Images.planes(workload), DjlResNet50.shape(workload));
    labels = manager.create(Images.labels(workload));
    double first = step();
    double last = first;
    for (int i = 1; i < Images.STEPS; i++) {
      last = step();
    }
    Images.checkLosses(first, last);
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
