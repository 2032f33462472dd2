package dev.lanewise.model.augment;

import dev.lanewise.train.Term;
import java.util.List;

/**
 * Makes an operation of its text. Those of users are found by {@link java.util.ServiceLoader}, and
 * {@link Augmentation#parse} then reads them like the ones that are there.
 */
public interface OperationFactory {
  /** {@return the name, of letters, digits and hyphens} */
  String name();

  /** {@return the names of the settings in brackets behind the name} */
  List<String> keys();

  /**
   * {@return the operation}
   *
   * @param term its text; has no other settings than {@link #keys}
   * @throws IllegalArgumentException where a setting is out of range, in one sentence
   */
  Operation create(Term term);
}
