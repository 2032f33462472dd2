package dev.lanewise.spark.ml;

import dev.lanewise.model.Classification;
import dev.lanewise.model.data.DataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a model adds.
 *
 * @param prediction of the class as a number; empty for none
 * @param probability of all probabilities; empty for none
 * @param label of the class's name; empty for none
 */
record OutputColumns(String prediction, String probability, String label) implements Serializable {
  private static final long serialVersionUID = 1;

  OutputColumns(ColumnParams params, Params stage) {
    this(
        stage.getOrDefault(params.prediction),
        stage.getOrDefault(params.probability),
        stage.getOrDefault(params.predictedLabel));
  }

  /**
   * Returns columns with these behind them.
   *
   * @throws DataException where one is there already
   */
  StructType added(StructType schema) {
    StructType all = schema;
    all = add(all, prediction, DataTypes.DoubleType);
    all = add(all, probability, SQLDataTypes.VectorType());
    return add(all, label, DataTypes.StringType);
  }

  private static StructType add(StructType schema, String name, DataType type) {
    if (name.isEmpty()) {
      return schema;
    }
    if (List.of(schema.fieldNames()).contains(name)) {
      throw new DataException(
          "the DataFrame has a column '" + name + "' already; name another one for the results");
    }
    return schema.add(name, type, true);
  }

  /**
   * Returns the values of a row.
   *
   * @param result what is said of the image; null where it is nothing
   * @param numbers by class index, what predictions are
   */
  List<Object> values(Classification result, double[] numbers) {
    List<Object> values = new ArrayList<>();
    int best = result == null ? -1 : best(result.probabilities());
    if (!prediction.isEmpty()) {
      values.add(result == null ? null : numbers[best]);
    }
    if (!probability.isEmpty()) {
      values.add(result == null ? null : Vectors.dense(doubles(result.probabilities())));
    }
    if (!label.isEmpty()) {
      values.add(result == null ? null : result.classNames().get(best));
    }
    return values;
  }

  private static int best(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** Returns what predictions are, by class index: whole numbers that are names, else indices. */
  static double[] numbers(List<String> classNames) {
    double[] numbers = new double[classNames.size()];
    boolean named = classNames.stream().allMatch(name -> name.matches("0|-?[1-9]\\d{0,14}"));
    for (int c = 0; c < numbers.length; c++) {
      numbers[c] = named ? Long.parseLong(classNames.get(c)) : c;
    }
    return numbers;
  }
}
