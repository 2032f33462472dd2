package dev.lanewise.processor.spec;

import java.util.List;

/**
 * What a stage gives to units that leave it open.
 *
 * @param filters filter counts
 * @param kernel height and width of windows; 0 for none
 * @param expansion filters for each channel of a block's input; 0 for none
 */
public record StageNumbers(List<Integer> filters, int kernel, int expansion) {
  /** Of a stem or a tail, and where nothing depends on it. */
  public static final StageNumbers NONE = new StageNumbers(List.of(), 0, 0);

  /** Copies the list. */
  public StageNumbers {
    filters = List.copyOf(filters);
  }
}
