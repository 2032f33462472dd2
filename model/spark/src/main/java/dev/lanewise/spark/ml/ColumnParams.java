package dev.lanewise.spark.ml;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The columns that an estimator and its model have in common. */
final class ColumnParams implements Serializable {
  static final String ERROR = "error";
  static final String KEEP = "keep";
  static final String SKIP = "skip";

  private static final long serialVersionUID = 1;

  final Param<String> image;
  final Param<String> prediction;
  final Param<String> probability;
  final Param<String> predictedLabel;
  final Param<String> handleInvalid;

  /**
   * Makes the params of a stage whose uid is set.
   *
   * @param stage gets their defaults
   */
  ColumnParams(Params stage) {
    String uid = stage.uid();
    image =
        new Param<>(
            uid, "imageCol", "images: bytes of JPEG or PNG files, or decoded ones", String.class);
    prediction =
        new Param<>(
            uid,
            "predictionCol",
            "the likeliest class: its name where all names are whole numbers, else its index;"
                + " empty for none",
            String.class);
    probability =
        new Param<>(
            uid,
            "probabilityCol",
            "a vector of each class's probability; empty for none",
            String.class);
    predictedLabel =
        new Param<>(
            uid, "predictedLabelCol", "the likeliest class's name; empty for none", String.class);
    handleInvalid =
        new Param<>(
            uid,
            "handleInvalid",
            "what becomes of a row whose image is null or cannot be decoded: error, skip (no row"
                + " comes of it) or keep (its results are null)",
            ParamValidators.inArray(List.of(ERROR, SKIP, KEEP)));
    stage.setDefault(image, "image");
    stage.setDefault(prediction, "prediction");
    stage.setDefault(probability, "probability");
    stage.setDefault(predictedLabel, "predictedLabel");
    stage.setDefault(handleInvalid, ERROR);
  }
}
