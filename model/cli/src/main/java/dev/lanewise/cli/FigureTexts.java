package dev.lanewise.cli;

import dev.lanewise.model.training.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures in a line for people. */
final class FigureTexts {
  private FigureTexts() {}

  /** Returns {@code "loss 0.1234, accuracy 0.9876"}. */
  static String of(Figures figures, String separator) {
    List<String> texts = new ArrayList<>();
    figures.forEach(
        (name, value) ->
            texts.add(String.format(Locale.ROOT, "%s %.4f", name.replace('_', ' '), value)));
    return String.join(separator, texts);
  }
}
