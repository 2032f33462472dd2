package dev.lanewise.benchmarks.serving;

import dev.lanewise.model.Classifier;
import dev.lanewise.model.Model;
import java.nio.file.Path;

/** Lanewise's classifier, which works on the images of several callers together. */
record Queued(String name, Classifier classifier) implements Contender {
  static Queued open(Path model, int threads, int together) {
    Classifier classifier = Classifier.of(Model.loadForInference(model, threads), together);
    return new Queued("Lanewise, up to " + together + " together", classifier);
  }

  @Override
  public float[] classify(float[] image) {
    return classifier.classify(image).probabilities();
  }

  @Override
  public void close() {
    classifier.close();
  }
}
