package dev.lanewise.model.run;

import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.Batches;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Measurement;
import dev.lanewise.model.training.Metric;
import dev.lanewise.network.HeadActivation;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.Network;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Applies a network to images that are data sets, bytes or floats. */
public final class Inference {
  private final PassCache passes;
  private final Preprocessing preprocessing;
  private final ImageShape image;
  private final HeadActivation head;
  private List<String> classNames;

  /**
   * Prepares a network's inference.
   *
   * @param passes the network's
   * @throws ModelException where the preprocessing does not take the network's images
   */
  public Inference(
      Network network, PassCache passes, List<String> classNames, Preprocessing preprocessing) {
    this.passes = passes;
    this.classNames = classNames;
    this.preprocessing = preprocessing;
    this.head = network.head();
    Shape one = network.inputShape(1);
    this.image = new ImageShape(one.h(), one.w(), one.c());
    if (!preprocessing.takes(image)) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "the preprocessing '%s' requires %s, got network %s, which takes %s",
              preprocessing.formula(),
              preprocessing.required(),
              network.name(),
              image));
    }
  }

  /** Returns the shape of the images. */
  public ImageShape imageShape() {
    return image;
  }

  /** Returns the names of the classes, by class index. */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * Gives the classes other names.
   *
   * @throws ModelException where there are more or fewer classes, or two of one name
   */
  public void renameClasses(List<String> names) {
    if (names.size() != classNames.size()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "the model has %d classes, got %d names: %s",
              classNames.size(),
              names.size(),
              names));
    }
    classNames = ClassNames.checked(names, head);
  }

  /**
   * Measures loss and metrics.
   *
   * @param group workers that share the batches, and all of which get the result; as a rule none
   */
  public Evaluation evaluate(
      ImageDataset images, int batchSize, Loss loss, List<Metric> metrics, WorkerGroup group) {
    requireFit(images);
    Measurement score = new Measurement(loss, metrics, images);
    if (group.size() == 1) {
      infer(
          images,
          batchSize,
          (batch, outputs) ->
              add(score, batch.size(), outputs.data(), outputs.offset(), batch.targets()));
      return new Evaluation(score.figures(), score.images());
    }
    SharedEvaluation shared =
        new SharedEvaluation(
            group,
            images,
            batchSize,
            classNames.size(),
            (n, outputs, targets) -> add(score, n, outputs, 0, targets));
    if (shared.hasOwn()) {
      infer(shared.own(), batchSize, shared::turn);
    }
    shared.finish();
    return new Evaluation(score.figures(), score.images());
  }

  private void add(Measurement score, int images, float[] outputs, int from, float[] targets) {
    int width = classNames.size();
    for (int n = 0; n < images; n++) {
      score.add(outputs, from + n * width, targets, n * width);
    }
  }

  public float[][] predict(ImageDataset images, int batchSize) {
    requireSize(images);
    float[][] result = new float[images.size()][];
    int[] done = {0};
    infer(
        images,
        batchSize,
        (batch, outputs) -> {
          for (int n = 0; n < batch.size(); n++) {
            result[done[0]++] = finite(row(outputs, n));
          }
        });
    return result;
  }

  /** Takes n images of floats that are preprocessed already. */
  public float[][] predict(float[] images, int n) {
    requireValues(n, images.length);
    InferencePass pass = passes.inference(n);
    Tensor input = pass.input();
    System.arraycopy(images, 0, input.data(), input.offset(), images.length);
    return finite(rows(pass.infer()));
  }

  /** Takes the bytes of an image of the network's size. */
  public float[] predict(byte[] pixels) {
    return finite(run(List.of(input(pixels))))[0];
  }

  /** Returns the input that the bytes of an image of the network's size are. */
  public NetworkInput input(byte[] pixels) {
    requireValues(1, pixels.length);
    return (dst, at) -> preprocessing.apply(pixels, dst, at, image.channels());
  }

  /** Returns the input that an image of floats is, which are preprocessed already. */
  public NetworkInput input(float[] values) {
    requireValues(1, values.length);
    return (dst, at) -> System.arraycopy(values, 0, dst, at, values.length);
  }

  /** Works on images together; the answers may be other than finite. */
  float[][] run(List<NetworkInput> images) {
    return rows(fed(images).infer());
  }

  private InferencePass fed(List<NetworkInput> images) {
    InferencePass pass = passes.inference(images.size());
    Tensor input = pass.input();
    for (int n = 0; n < images.size(); n++) {
      images.get(n).write(input.data(), input.index(n, 0, 0, 0));
    }
    return pass;
  }

  /**
   * Returns the average over the places of the last map, [images][C], of a network without head.
   */
  public float[][] averages(List<NetworkInput> images) {
    Tensor map = fed(images).infer();
    Shape shape = map.shape();
    float[][] rows = new float[shape.n()][shape.c()];
    int places = shape.h() * shape.w();
    for (int n = 0; n < rows.length; n++) {
      int at = map.index(n, 0, 0, 0);
      for (int c = 0; c < shape.c(); c++) {
        double sum = 0;
        for (int place = 0; place < places; place++) {
          sum += map.data()[at + place * shape.c() + c];
        }
        rows[n][c] = (float) (sum / places);
      }
    }
    return finite(rows);
  }

  private void requireValues(int n, int values) {
    if (n < 1) {
      throw new ModelException("the network requires at least 1 image, got " + n);
    }
    long wanted = (long) n * image.size();
    if (values != wanted) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%d image%s of %s require%s %d values, got %d",
              n,
              n == 1 ? "" : "s",
              image,
              n == 1 ? "s" : "",
              wanted,
              values));
    }
  }

  private void infer(ImageDataset images, int batchSize, BiConsumer<Batch, Tensor> use) {
    try (Batches batches = new Batches(images, preprocessing, batchSize, false, 0)) {
      batches.startEpoch(0);
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        InferencePass pass = passes.inference(batch.size());
        Tensor input = pass.input();
        System.arraycopy(batch.images(), 0, input.data(), input.offset(), input.shape().size());
        use.accept(batch, pass.infer());
      }
    }
  }

  private static float[][] rows(Tensor outputs) {
    float[][] rows = new float[outputs.shape().n()][];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = row(outputs, n);
    }
    return rows;
  }

  private static float[] row(Tensor outputs, int n) {
    float[] row = new float[outputs.shape().c()];
    System.arraycopy(outputs.data(), outputs.index(n, 0, 0, 0), row, 0, row.length);
    return row;
  }

  /** Refuses answers of which one is none. */
  static float[][] finite(float[][] rows) {
    for (float[] row : rows) {
      finite(row);
    }
    return rows;
  }

  /** Refuses an answer that is none: weights or an image that are finite may be too large. */
  private static float[] finite(float[] outputs) {
    for (float output : outputs) {
      if (!Float.isFinite(output)) {
        throw new ModelException(
            "the network's answer to an image is "
                + output
                + ", not a finite number: its weights or the image's values are too large");
      }
    }
    return outputs;
  }

  /**
   * Checks images that have labels.
   *
   * @throws ModelException where their size or their classes are not the network's
   */
  public void requireFit(ImageDataset images) {
    requireSize(images);
    if (!images.classNames().equals(classNames)) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "the model knows the %d %s %s, and the data has the %d %s %s",
              classNames.size(),
              TargetKind.behind(head).outputs(classNames.size()),
              classNames,
              images.classNames().size(),
              images.targetKind().outputs(images.classNames().size()),
              images.classNames()));
    }
  }

  private void requireSize(ImageDataset images) {
    if (images.size() < 1) {
      throw new ModelException(
          "a data set requires at least 1 image, got "
              + images.size()
              + ": "
              + images.description());
    }
    if (!images.shape().equals(image)) {
      throw new ModelException(
          "the model requires images of " + image + ", got " + images.shape() + " in the data");
    }
  }
}
