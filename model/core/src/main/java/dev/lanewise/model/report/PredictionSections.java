package dev.lanewise.model.report;

/** The sections of a page that tell of predictions. */
final class PredictionSections {
  private PredictionSections() {}

  /** Adds them, each with a text after its heading. */
  static void add(Page page, Predictions predictions, String when) {
    switch (predictions.kind()) {
      case CLASS -> {
        ClassTables tables = new ClassTables(predictions.confusion());
        page.section("Confusion matrix" + when, tables.confusion())
            .section("Classes" + when, tables.figures())
            .section("Surest mistakes" + when, MistakeGallery.ofClasses(predictions));
      }
      case LABELS ->
          page.section("Labels" + when, OutputTables.labels(predictions))
              .section("Surest mistakes" + when, MistakeGallery.ofLabels(predictions));
      case VALUES ->
          page.section("Numbers" + when, OutputTables.values(predictions))
              .section("Largest errors" + when, MistakeGallery.ofValues(predictions));
    }
  }
}
