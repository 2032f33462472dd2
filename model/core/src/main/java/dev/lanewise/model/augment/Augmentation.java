package dev.lanewise.model.augment;

import dev.lanewise.train.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is done to each training image, one operation after the other, as a text like {@code
 * "flip,shift(share=0.1),rotate(degrees=10),mixup(alpha=0.2)"} says it. It never changes, and any
 * number of threads may use it.
 */
public final class Augmentation {
  /** Images as they are. */
  public static final Augmentation NONE = new Augmentation("", List.of());

  private final String text;
  private final List<Operation> operations;
  private final List<Mixing> mixings = new ArrayList<>();

  private Augmentation(String text, List<Operation> operations) {
    this.text = text;
    this.operations = List.copyOf(operations);
    for (Operation operation : operations) {
      if (operation instanceof Mixing mixing) {
        mixings.add(mixing);
      }
    }
  }

  /**
   * Reads a text.
   *
   * @param text names of operations with settings in brackets behind them, and commas between;
   *     empty for images as they are
   * @return what it says
   * @throws IllegalArgumentException where it cannot be read, in one sentence that names what is
   *     known
   */
  public static Augmentation parse(String text) {
    if (text.isBlank()) {
      return NONE;
    }
    Map<String, OperationFactory> known = Known.all();
    Map<String, List<String>> keys = new LinkedHashMap<>();
    known.forEach((name, factory) -> keys.put(name, factory.keys()));
    List<Operation> operations = new ArrayList<>();
    for (String part : Term.split(text, ',')) {
      Term term = Term.parse("augmentation", part, keys);
      operations.add(known.get(term.name()).create(term));
    }
    return new Augmentation(text.strip(), operations);
  }

  /** {@return the text, which read again gives the same} */
  public String text() {
    return text;
  }

  /** {@return the operations in their order} */
  public List<Operation> operations() {
    return operations;
  }

  /** {@return whether an image may get a part of another one, and its label with it} */
  public boolean mixes() {
    return !mixings.isEmpty();
  }

  /** Returns those of the operations that mix; of several an image goes through one. */
  List<Mixing> mixings() {
    return mixings;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Augmentation that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** {@return the text} */
  @Override
  public String toString() {
    return text;
  }
}
