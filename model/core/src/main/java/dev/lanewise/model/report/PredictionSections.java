package dev.lanewise.model.report;

/** The sections of a page that tell of predictions. */
final class PredictionSections {
  private PredictionSections() {}

  /** Adds them, each with a text after its heading. */
  static void add(Page page, Predictions predictions, String when) {
    ClassTables tables = new ClassTables(predictions.confusion());
    page.section("Confusion matrix" + when, tables.confusion())
        .section("Classes" + when, tables.figures())
        .section("Surest mistakes" + when, MistakeGallery.html(predictions));
  }
}
