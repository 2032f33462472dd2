package dev.lanewise.spark.data;

import dev.lanewise.model.data.DataException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Where a DataFrame has its images.
 *
 * @param image the column of the images: JPEG or PNG files as bytes, as the source {@code
 *     binaryFile} gives them, or decoded ones, as {@code image} does
 * @param label the column of the classes: texts, or whole numbers of any type
 * @param id the column of what tells the rows apart, by which they are ordered and which messages
 *     name; null for the SHA-256 of the image
 * @param validation the column that is true where an image is held out of training; null where none
 *     says so
 */
public record ImageColumns(String image, String label, String id, String validation)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * {@return columns without names for the rows and without images that are held out}
   *
   * @param image the column of the images
   * @param label the column of the classes
   */
  public static ImageColumns of(String image, String label) {
    return new ImageColumns(image, label, null, null);
  }

  /**
   * {@return these columns with one that tells the rows apart}
   *
   * @param column texts, as {@code path} of {@code binaryFile}, or numbers; null for none
   */
  public ImageColumns withId(String column) {
    return new ImageColumns(image, label, column, validation);
  }

  /**
   * {@return these columns with one that holds images out of training}
   *
   * @param column of booleans; null for none
   */
  public ImageColumns withValidation(String column) {
    return new ImageColumns(image, label, id, column);
  }

  /**
   * Checks that a DataFrame has these columns.
   *
   * @param schema of the DataFrame
   * @throws DataException where a column is missing or of a type that it cannot have
   */
  public void require(StructType schema) {
    requireImages(schema, image);
    DataType labels = type(schema, "label", label);
    if (!(labels instanceof StringType
        || labels instanceof IntegralType
        || labels instanceof DoubleType
        || labels instanceof FloatType)) {
      throw mistake("label", label, "texts or whole numbers", labels);
    }
    if (id != null) {
      DataType ids = type(schema, "id", id);
      if (!(ids instanceof StringType || ids instanceof IntegralType)) {
        throw mistake("id", id, "texts or whole numbers", ids);
      }
    }
    if (validation != null) {
      DataType held = type(schema, "validation", validation);
      if (!(held instanceof BooleanType)) {
        throw mistake("validation", validation, "booleans", held);
      }
    }
  }

  /**
   * Checks that a DataFrame has a column of images.
   *
   * @param schema of the DataFrame
   * @param name of the column
   * @throws DataException where it is missing or of another type
   */
  public static void requireImages(StructType schema, String name) {
    DataType type = type(schema, "image", name);
    if (!type.equals(DataTypes.BinaryType) && !DecodedImages.isType(type)) {
      throw mistake(
          "image",
          name,
          "bytes of JPEG or PNG files, or decoded images as Spark's source 'image' gives them",
          type);
    }
  }

  private static DataType type(StructType schema, String role, String name) {
    List<String> names = List.of(schema.fieldNames());
    if (!names.contains(name)) {
      throw new DataException(
          "the DataFrame has no "
              + role
              + " column '"
              + name
              + "'; it has "
              + String.join(", ", names));
    }
    return schema.apply(name).dataType();
  }

  private static DataException mistake(String role, String name, String wanted, DataType got) {
    return new DataException(
        "the "
            + role
            + " column '"
            + name
            + "' requires "
            + wanted
            + ", got "
            + got.simpleString());
  }
}
