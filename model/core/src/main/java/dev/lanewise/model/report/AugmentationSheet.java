package dev.lanewise.model.report;

import dev.lanewise.model.augment.Augmentation;
import dev.lanewise.model.augment.Augmenter;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.training.TrainingRun;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** A picture of images as they are beside what the first epochs of a training see of them. */
public final class AugmentationSheet {
  private static final int LEAST_SIDE = 96;
  private static final int MOST_SIDE = 256;

  // Of a training's own sheet.
  private static final int ROWS = 4;
  private static final int DRAWS = 7;

  private AugmentationSheet() {}

  /**
   * Draws a sheet: each row begins with an image as it is, in a frame.
   *
   * @param images the images of a training
   * @param augmentation what is done to them
   * @param seed the training's
   * @param rows number of images at most, taken from all over the data set
   * @param draws number of epochs
   * @return the sheet, on white, as the bytes of a PNG file
   */
  public static byte[] png(
      ImageDataset images, Augmentation augmentation, long seed, int rows, int draws) {
    return Pictures.png(draw(images, augmentation, seed, rows, draws, MOST_SIDE));
  }

  /**
   * Draws the sheet of a training, of a few small images.
   *
   * @param run the training
   * @param images what it trains on; null where that is not known
   * @return the sheet; empty where images are trained on as they are
   */
  static Optional<BufferedImage> draw(TrainingRun run, ImageDataset images) {
    Augmentation augmentation = Augmentation.parse(run.recipe().augmentation());
    return images == null || augmentation.equals(Augmentation.NONE)
        ? Optional.empty()
        : Optional.of(draw(images, augmentation, run.plan().seed(), ROWS, DRAWS, LEAST_SIDE));
  }

  private static BufferedImage draw(
      ImageDataset images, Augmentation augmentation, long seed, int rows, int draws, int side) {
    ImageShape shape = images.shape();
    int shown = Math.min(rows, images.size());
    Augmenter augmenter =
        new Augmenter(augmentation, shape.height(), shape.width(), shape.channels(), images, seed);
    ContactSheet sheet = new ContactSheet(shape, shown, 1 + draws, LEAST_SIDE, side);
    byte[] pixels = new byte[shape.size()];
    for (int row = 0; row < shown; row++) {
      // Classes often lie one behind the other.
      int index = (int) ((long) row * images.size() / shown);
      images.read(index, pixels, 0);
      sheet.put(row, 0, pixels);
      sheet.frame(row, 0);
      for (int epoch = 0; epoch < draws; epoch++) {
        sheet.put(row, 1 + epoch, augmenter.draw(epoch, index));
      }
    }
    return sheet.image();
  }
}
