package dev.lanewise.model.report;

import dev.lanewise.model.data.ImageDataset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a page is about.
 *
 * @param title its heading: {@code "Training of ResNet50"}
 * @param settings what the reader is told of it, by name, in order
 * @param train the images that are trained on; null for none
 * @param validation the images that are predicted; null for none
 */
public record ReportSubject(
    String title, Map<String, String> settings, ImageDataset train, ImageDataset validation) {
  /** Copies the settings. */
  public ReportSubject {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
