package dev.lanewise.spark.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** How a model is saved: Spark ML's folder of params, and the model's file in it. */
final class ModelFolder {
  private static final String FILE = "model.h5";

  private ModelFolder() {}

  private static Path file(String folder) {
    return new Path(folder, FILE);
  }

  private static FileSystem system(SparkSession session, Path file) throws IOException {
    Configuration hadoop = session.sessionState().newHadoopConf();
    return file.getFileSystem(hadoop);
  }

  /** Writes a model. */
  static final class Writer extends MLWriter {
    private final LanewiseClassificationModel model;
    private final byte[] bytes;

    Writer(LanewiseClassificationModel model, byte[] bytes) {
      this.model = model;
      this.bytes = bytes;
    }

    @Override
    public void saveImpl(String folder) {
      DefaultParamsWriter.saveMetadata(model, folder, sparkSession());
      Path file = file(folder);
      try (FSDataOutputStream out = system(sparkSession(), file).create(file, true)) {
        out.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + file, e);
      }
    }
  }

  /** Reads a model. */
  static final class Reader extends MLReader<LanewiseClassificationModel> {
    @Override
    public LanewiseClassificationModel load(String folder) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(
              folder, sparkSession(), LanewiseClassificationModel.class.getName());
      Path file = file(folder);
      try (FSDataInputStream in = system(sparkSession(), file).open(file)) {
        LanewiseClassificationModel model =
            new LanewiseClassificationModel(metadata.uid(), in.readAllBytes());
        metadata.getAndSetParams(model, Option.empty());
        return model;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
  }
}
