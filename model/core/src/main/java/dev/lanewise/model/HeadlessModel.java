package dev.lanewise.model;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.formats.OnnxFiles;
import dev.lanewise.formats.WeightFiles;
import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.run.Inference;
import dev.lanewise.model.run.PassCache;
import dev.lanewise.model.run.Snapshots;
import dev.lanewise.model.weights.LayerKind;
import dev.lanewise.model.weights.LoadOptions;
import dev.lanewise.model.weights.LoadReport;
import dev.lanewise.model.weights.WeightLoader;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.train.KernelInitializers;
import java.nio.file.Path;
import java.util.List;

/**
 * A network without its head, which makes its last map of images: what can be done with a weight
 * file that has none. A {@link FeatureExtractor} averages the map.
 */
public final class HeadlessModel implements Exportable {
  private final WorkerPool pool;
  private final Network network;
  private final Preprocessing preprocessing;
  private final PassCache passes;
  private final Inference inference;
  private final LoadReport loadReport;

  /** Builds a network and loads a file of any producer, of which a head is left out. */
  HeadlessModel(
      Path file, NetworkFactory factory, int height, int width, Preprocessing how, int threads) {
    pool = new WorkerPool(threads);
    preprocessing = how;
    try {
      network =
          factory.create(
              NetworkOptions.withoutTop(height, width, 0, KernelInitializers.zeros(), pool));
      passes = new PassCache(network);
      inference = new Inference(network, passes, List.of(), how);
      loadReport = WeightLoader.load(network, file, LoadOptions.whole().withoutHead());
    } catch (IllegalArgumentException e) {
      pool.close();
      throw new ModelException(e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      pool.close();
      throw e;
    }
  }

  /**
   * {@return whether a weight file has no head: it holds no dense layer}
   *
   * @param file weights alone or a whole model, of any format that {@link Model#loadWeights(Path)}
   *     takes
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be read
   */
  public static boolean isIn(Path file) {
    return WeightFiles.use(
        file,
        saved -> saved.layers().stream().noneMatch(one -> LayerKind.of(one) == LayerKind.DENSE));
  }

  /**
   * Opens a weight file of any producer, with a head, which is left out, or without one.
   *
   * @param file weights alone or a whole model, of any format that {@link Model#loadWeights(Path)}
   *     takes
   * @param options what the file does not say itself; names of classes mean nothing here
   * @param threads threads that work, the caller's included
   * @return a network to be exported, and closed after use
   * @throws ModelException where the file does not fit the network, or does not say the size of its
   *     images
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be read
   */
  public static HeadlessModel open(Path file, ForeignOptions options, int threads) {
    int height = options.height();
    int width = options.width();
    WeightSource source = WeightSource.of(file);
    if (height == 0) {
      height = source.height();
      width = source.width();
    }
    if (height == 0) {
      throw WeightFileOptions.noSize(file.toString());
    }
    return new HeadlessModel(
        file, options.network(), height, width, options.preprocessing(source), threads);
  }

  /** As {@link Exportable} says; the output is the last map, and there are no class names. */
  @Override
  public void exportOnnx(Path file, OnnxOptions options) {
    OnnxFiles.write(file, OnnxSource.of(network, List.of(), preprocessing), options);
  }

  @Override
  public void exportKeras(Path file) {
    ModelFiles.saveKerasArchive(
        file, network.name(), Snapshots.layers(network), network.layerInfos());
  }

  @Override
  public void saveWeights(Path file) {
    ModelFiles.saveWeights(file, Snapshots.layers(network), network.layerInfos());
  }

  @Override
  public ImageShape imageShape() {
    return inference.imageShape();
  }

  @Override
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  @Override
  public LoadReport loadReport() {
    return loadReport;
  }

  /** Returns the channels of the last map. */
  int channels() {
    return network.layerInfos().getLast().outputShape().getLast();
  }

  /** Returns what applies the network to images; nothing else can be done with it from then on. */
  Inference foldedForGood() {
    passes.foldForGood();
    return inference;
  }

  @Override
  public void close() {
    pool.close();
  }
}
