package dev.lanewise.spark.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.udf;

import dev.lanewise.model.data.DataException;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The images of a DataFrame as rows of one form: id, image, label, validation. Their order follows
 * from the rows alone, however they are spread.
 */
final class ImageRows {
  static final String ID = "id";
  static final String IMAGE = "image";
  static final String LABEL = "label";
  static final String VALIDATION = "validation";

  private static final int SHA_256 = 256;

  private final Dataset<Row> rows;
  private final ImageColumns columns;
  private final boolean numeric;

  private ImageRows(Dataset<Row> rows, ImageColumns columns, boolean numeric) {
    this.rows = rows;
    this.columns = columns;
    this.numeric = numeric;
  }

  /**
   * Finds the images of a DataFrame.
   *
   * @throws DataException where a column is missing or of a type that it cannot have
   */
  static ImageRows of(Dataset<?> frame, ImageColumns columns) {
    StructType schema = frame.schema();
    columns.require(schema);
    DataType labels = schema.apply(columns.label()).dataType();
    Column image = image(schema.apply(columns.image()).dataType(), columns.image());
    Column id =
        columns.id() == null
            ? concat(lit("sha256:"), sha2(image, SHA_256))
            : named(columns.id()).cast(DataTypes.StringType);
    Column validation =
        columns.validation() == null
            ? lit(false)
            : named(columns.validation()).eqNullSafe(lit(true));
    Dataset<Row> rows =
        frame.select(
            id.as(ID),
            image.as(IMAGE),
            label(frame, labels, columns.label()).as(LABEL),
            validation.as(VALIDATION));
    return new ImageRows(rows, columns, !(labels instanceof StringType));
  }

  /** Returns a column whose name may have dots. */
  private static Column named(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  private static Column image(DataType type, String name) {
    if (type.equals(DataTypes.BinaryType)) {
      return named(name);
    }
    UDF1<Row, byte[]> encode = DecodedImages::png;
    return udf(encode, DataTypes.BinaryType).apply(named(name));
  }

  private static Column label(Dataset<?> frame, DataType type, String name) {
    Column label = named(name);
    if (type instanceof StringType) {
      return label;
    }
    if (type instanceof DoubleType || type instanceof FloatType) {
      List<Row> broken =
          frame.select(label).where(label.notEqual(floor(label))).limit(1).toDF().collectAsList();
      if (!broken.isEmpty()) {
        throw new DataException(
            "the label column '"
                + name
                + "' requires whole numbers, got "
                + broken.getFirst().get(0));
      }
    }
    return label.cast(DataTypes.LongType).cast(DataTypes.StringType);
  }

  /** Returns whether the labels are numbers. */
  boolean hasNumbers() {
    return numeric;
  }

  ImageColumns columns() {
    return columns;
  }

  /** Returns the rows in any order. */
  Dataset<Row> any() {
    return rows;
  }

  /** Returns the rows in their order: that of the partitions, and within each that of its rows. */
  Dataset<Row> ordered() {
    int partitions = Math.max(1, rows.toJavaRDD().getNumPartitions());
    Column[] order = {col(ID), sha2(col(IMAGE), SHA_256), col(LABEL)};
    return rows.repartitionByRange(partitions, order).sortWithinPartitions(order);
  }

  /** Returns a text for each partition. */
  static List<String> perPartition(Dataset<Row> rows, MapPartitionsFunction<Row, String> work) {
    return rows.mapPartitions(work, Encoders.STRING()).collectAsList();
  }
}
