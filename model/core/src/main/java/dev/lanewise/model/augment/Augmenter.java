package dev.lanewise.model.augment;

import dev.lanewise.model.random.SplitMix;
import java.util.List;

/**
 * Draws what training sees of images: each draw is a function of (seed, epoch, image) alone. It has
 * its memory for one image, and for a second one, so each thread needs one of its own.
 */
public final class Augmenter {
  // Streams of random numbers: of a seed, apart from those of orders and splits; and of an epoch.
  private static final int OF_SEED = 2;
  private static final int OF_IMAGE = 0;
  private static final int OF_SECOND = 1;
  private static final int OF_MIXING = 2;

  private final Augmentation augmentation;
  private final ImageSource source;
  private final long seed;
  private final Canvas image;
  private final Canvas second;
  private final SplitMix random = new SplitMix(0);
  private final SplitMix mixing = new SplitMix(0);
  private int secondIndex;
  private double share;

  /**
   * Creates an augmenter.
   *
   * @param augmentation what is done
   * @param height rows of every image
   * @param width columns of every image
   * @param channels channels of every image
   * @param source all images
   * @param seed decides, with an epoch and an image, what is drawn
   */
  public Augmenter(
      Augmentation augmentation,
      int height,
      int width,
      int channels,
      ImageSource source,
      long seed) {
    this.augmentation = augmentation;
    this.source = source;
    this.seed = seed;
    image = new Canvas(height, width, channels);
    second = augmentation.mixes() ? new Canvas(height, width, channels) : null;
  }

  /**
   * Reads an image and augments it.
   *
   * @param epoch from 0
   * @param index the image
   * @return its pixels, which are valid until the next draw
   */
  public byte[] draw(int epoch, int index) {
    source.read(index, image.overwrite(), 0);
    secondIndex = index;
    share = 1;
    random.restart(seed, OF_SEED, epoch);
    long key = random.nextLong();
    random.restart(key, OF_IMAGE, index);
    mixing.restart(key, OF_MIXING, index);
    Mixing chosen = choose();
    List<Operation> operations = augmentation.operations();
    // By index: an iterator would be an allocation for each image.
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      if (operation == chosen) {
        mix(chosen, i, key, index);
      } else {
        operation.apply(image, random);
      }
    }
    return image.pixels();
  }

  private Mixing choose() {
    List<Mixing> mixings = augmentation.mixings();
    return mixings.isEmpty() ? null : mixings.get(mixing.nextInt(mixings.size()));
  }

  private void mix(Mixing chosen, int before, long key, int index) {
    double wanted = chosen.share(mixing);
    if (wanted == 1) {
      return;
    }
    secondIndex = mixing.nextInt(source.size());
    source.read(secondIndex, second.overwrite(), 0);
    // The image's own numbers go on where they stood.
    SplitMix ofSecond = SplitMix.of(key, OF_SECOND, index);
    for (int i = 0; i < before; i++) {
      augmentation.operations().get(i).apply(second, ofSecond);
    }
    share = chosen.mix(image, second, wanted, mixing);
  }

  /** {@return the share that the last image's own label has, from 0 to 1} */
  public double share() {
    return share;
  }

  /** {@return the image whose label has the rest} */
  public int second() {
    return secondIndex;
  }
}
