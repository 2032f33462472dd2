package dev.lanewise.model.data;

import java.util.List;
import java.util.Locale;

/** What all data sets here know: their targets and one shape. */
abstract class LabelledImages implements ImageDataset {
  final ImageTargets targets;
  final ImageShape shape;
  private final String description;

  /** {@code source} starts the description: "source: 1080 images 64x64x3, 6 classes (180 each)". */
  LabelledImages(String source, ImageTargets targets, ImageShape shape) {
    this.targets = targets;
    this.shape = shape;
    this.description =
        String.format(
            Locale.ROOT,
            "%s: %d %s %s, %s",
            source,
            targets.size(),
            targets.size() == 1 ? "image" : "images",
            shape,
            targets.describe());
  }

  @Override
  public final int size() {
    return targets.size();
  }

  @Override
  public final ImageShape shape() {
    return shape;
  }

  @Override
  public final List<String> classNames() {
    return targets.names();
  }

  @Override
  public final TargetKind targetKind() {
    return targets.kind();
  }

  @Override
  public final int label(int index) {
    return targets.label(index);
  }

  @Override
  public final void target(int index, float[] dst, int offset) {
    if (targets.kind() == TargetKind.CLASS) {
      ImageDataset.super.target(index, dst, offset);
    } else {
      targets.copy(index, dst, offset);
    }
  }

  @Override
  public final String description() {
    return description;
  }
}
