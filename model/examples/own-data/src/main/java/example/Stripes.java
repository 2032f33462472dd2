package example;

import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Images that are drawn when they are read: stripes that lie or stand. Anything that gives pixels
 * can be a data set, such as a database or a camera; the same index must give the same pixels.
 *
 * @param size how many images
 * @param seed draws others
 */
public record Stripes(int size, long seed) implements ImageDataset {
  private static final int SIDE = 32;

  @Override
  public ImageShape shape() {
    return ImageShape.rgb(SIDE, SIDE);
  }

  @Override
  public List<String> classNames() {
    return List.of("lying", "standing");
  }

  @Override
  public int label(int index) {
    return index % 2;
  }

  @Override
  public void read(int index, byte[] dst, int offset) {
    SplittableRandom random = new SplittableRandom(seed + index);
    int width = random.nextInt(2, 6);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int across = label(index) == 0 ? i / SIDE : i % SIDE;
      int light = (across / width % 2 == 0 ? 160 : 30) + random.nextInt(60);
      for (int c = 0; c < 3; c++) {
        dst[offset + 3 * i + c] = (byte) light;
      }
    }
  }

  @Override
  public String description() {
    return size + " images of stripes";
  }
}
