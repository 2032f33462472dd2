package dev.lanewise.model.run;

import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.TargetKind;
import java.util.List;

/**
 * Every so many batches of a data set: those of one worker, where workers take turns. In batches of
 * the same size these are batches of the whole, image by image.
 */
final class OwnBatches implements ImageDataset {
  private final ImageDataset all;
  private final int batchSize;
  private final int first;
  private final int every;
  private final int size;

  /**
   * Looks at a data set.
   *
   * @param first the first of the batches, which has to be there
   * @param every batches from one to the next
   */
  OwnBatches(ImageDataset all, int batchSize, int first, int every) {
    this.all = all;
    this.batchSize = batchSize;
    this.first = first;
    this.every = every;
    int batches = batches(Math.ceilDiv(all.size(), batchSize), first, every);
    int last = first + (batches - 1) * every;
    this.size = (batches - 1) * batchSize + Math.min(batchSize, all.size() - last * batchSize);
  }

  /** Returns how many of a number of batches there are. */
  static int batches(int all, int first, int every) {
    return Math.ceilDiv(Math.max(0, all - first), every);
  }

  private int index(int own) {
    return (first + own / batchSize * every) * batchSize + own % batchSize;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ImageShape shape() {
    return all.shape();
  }

  @Override
  public List<String> classNames() {
    return all.classNames();
  }

  @Override
  public TargetKind targetKind() {
    return all.targetKind();
  }

  @Override
  public int label(int index) {
    return all.label(index(index));
  }

  @Override
  public void target(int index, float[] dst, int offset) {
    all.target(index(index), dst, offset);
  }

  @Override
  public void read(int index, byte[] dst, int offset) {
    all.read(index(index), dst, offset);
  }

  @Override
  public String description() {
    return all.description();
  }
}
