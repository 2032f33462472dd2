package dev.lanewise.model.augment;

import dev.lanewise.model.service.Services;
import dev.lanewise.train.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.function.Function;

/**
 * An operation that is there for everybody.
 *
 * @param reader makes it of its text
 */
record Known(String name, List<String> keys, Function<Term, Operation> reader)
    implements OperationFactory {
  private static final List<OperationFactory> OWN =
      List.of(
          of("flip", Geometry::flip, "chance"),
          of("vertical-flip", Geometry::verticalFlip, "chance"),
          of("shift", Geometry::shift, "share", "border"),
          of("crop", Geometry::paddedCrop, "pad", "border"),
          of("random-resized-crop", Geometry::resizedCrop, "least", "aspect"),
          of("rotate", Geometry::rotate, "degrees", "border"),
          of("zoom", Geometry::zoom, "by", "border"),
          of("brightness", term -> enhance(term, Colours::brightness), "by"),
          of("contrast", term -> enhance(term, Colours::contrast), "by"),
          of("colour", term -> enhance(term, Colours::saturation), "by"),
          of("cutout", Patches::cutout, "size", "chance"),
          of("erase", Patches::erase, "chance", "least", "most"),
          of("mixup", Mixup::new, "alpha", "chance"),
          of("cutmix", CutMix::new, "alpha", "chance"),
          of("trivial-augment", Policies::trivialAugment, "border"),
          of("randaugment", Policies::randAugment, "n", "magnitude", "border"));

  /** A change by a factor that is 1 for none. */
  private interface Enhancement {
    void apply(Canvas image, double factor);
  }

  private static Known of(String name, Function<Term, Operation> reader, String... keys) {
    return new Known(name, List.of(keys), reader);
  }

  private static Operation enhance(Term term, Enhancement enhancement) {
    double by = term.number("by", 0.2, 0, 1);
    return (image, random) -> enhancement.apply(image, random.range(1 - by, 1 + by));
  }

  @Override
  public Operation create(Term term) {
    return reader.apply(term);
  }

  /**
   * Returns all operations by name: these and those of users, which do not replace them.
   *
   * @throws IllegalArgumentException where one of a user cannot be loaded
   */
  static Map<String, OperationFactory> all() {
    Map<String, OperationFactory> all = new LinkedHashMap<>();
    OWN.forEach(factory -> all.put(factory.name(), factory));
    try {
      Services.all(OperationFactory.class).forEach(f -> all.putIfAbsent(f.name(), f));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalArgumentException(
          "an augmentation on the class path cannot be used: " + e, e);
    }
    return all;
  }
}
