package dev.lanewise.model.report;

import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes what TensorBoard shows as curves: {@code loss}, {@code accuracy}, {@code val_loss} and all
 * other figures and {@code learning_rate} by epoch, {@code step/loss} and {@code
 * step/learning_rate} by step of the optimiser; and as a picture, {@code augmentation}, what is
 * done to the images. Each training, a resumed one too, adds a file of its own to the folder.
 */
public final class TensorBoardLog implements TrainingListener {
  private final Path folder;
  private final LogFile<EventFile> log;
  private final int everySteps;
  private final ImageDataset images;

  /**
   * Prepares a log.
   *
   * @param folder where its file goes; it is made where it is not there
   * @param everySteps how many steps there are from one that is written to the next
   * @param images what is trained on, for the picture; null for none
   */
  public TensorBoardLog(Path folder, int everySteps, ImageDataset images) {
    this.folder = folder;
    this.log = new LogFile<>("cannot write for TensorBoard to '" + folder + "'");
    this.everySteps = everySteps;
    this.images = images;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    log.open(() -> EventFile.create(folder, System.currentTimeMillis()));
    AugmentationSheet.draw(run, images)
        .ifPresent(
            sheet ->
                log.write(to -> to.image(0, System.currentTimeMillis(), "augmentation", sheet)));
  }

  @Override
  public void onStepEnd(StepResult step) {
    if (step.iteration() % everySteps == 0) {
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("step/loss", step.batchLoss());
      values.put("step/learning_rate", step.learningRate());
      write(step.iteration(), values);
    }
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    Map<String, Double> values = new LinkedHashMap<>();
    epoch.figures().forEach(values::put);
    values.put("learning_rate", epoch.learningRate());
    write(epoch.epoch(), values);
  }

  private void write(long step, Map<String, Double> values) {
    log.write(to -> to.scalars(step, System.currentTimeMillis(), values));
  }

  @Override
  public void onTrainEnd(History history) {
    log.close();
  }

  @Override
  public void onTrainFailed(Throwable failure) {
    log.close();
  }
}
