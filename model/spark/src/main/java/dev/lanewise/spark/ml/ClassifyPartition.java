package dev.lanewise.spark.ml;

import dev.lanewise.model.Classification;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.data.DataException;
import dev.lanewise.model.data.Images;
import dev.lanewise.spark.data.DecodedImages;
import dev.lanewise.spark.ml.SharedClassifiers.Lease;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/** Classifies the images of a partition, on an executor. */
final class ClassifyPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final Broadcast<byte[]> model;
  private final String digest;
  private final int threads;
  private final int imageColumn;
  private final OutputColumns columns;
  private final String invalid;

  /**
   * Prepares the work.
   *
   * @param model bytes of its file
   * @param digest of these
   * @param threads that classify; 0 for the executor's cores
   * @param imageColumn where rows have the image
   * @param columns that are added
   * @param invalid what becomes of rows without a usable image
   */
  ClassifyPartition(
      Broadcast<byte[]> model,
      String digest,
      int threads,
      int imageColumn,
      OutputColumns columns,
      String invalid) {
    this.model = model;
    this.digest = digest;
    this.threads = threads;
    this.imageColumn = imageColumn;
    this.columns = columns;
    this.invalid = invalid;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    Lease lease = SharedClassifiers.lease(digest, model.value(), threads);
    TaskCompletionListener end = task -> lease.close();
    TaskContext.get().addTaskCompletionListener(end);
    return new Results(rows, lease.classifier());
  }

  /** Works on as many rows at a time as the network does on images. */
  private final class Results implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Classifier classifier;
    private final double[] numbers;
    private Iterator<Row> ready = List.<Row>of().iterator();
    private long seen;

    Results(Iterator<Row> rows, Classifier classifier) {
      this.rows = rows;
      this.classifier = classifier;
      this.numbers = OutputColumns.numbers(classifier.classNames());
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && rows.hasNext()) {
        ready = batch().iterator();
      }
      return ready.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }

    private List<Row> batch() {
      List<Row> batch = new ArrayList<>();
      List<byte[]> images = new ArrayList<>();
      List<byte[]> usable = new ArrayList<>();
      while (batch.size() < classifier.together() && rows.hasNext()) {
        Row row = rows.next();
        byte[] pixels = pixels(row);
        if (pixels != null || !invalid.equals(ColumnParams.SKIP)) {
          batch.add(row);
          images.add(pixels);
          if (pixels != null) {
            usable.add(pixels);
          }
        }
      }
      Iterator<Classification> results = classifier.classifyPixels(usable).iterator();
      List<Row> done = new ArrayList<>(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        done.add(with(batch.get(i), images.get(i) == null ? null : results.next()));
      }
      return done;
    }

    /** Returns what the network takes; null where a row has nothing that it could. */
    private byte[] pixels(Row row) {
      String name = "of row " + seen + " of partition " + TaskContext.getPartitionId();
      seen++;
      try {
        byte[] image =
            row.get(imageColumn) instanceof Row decoded
                ? DecodedImages.png(decoded)
                : (byte[]) row.get(imageColumn);
        if (image == null) {
          throw new DataException("image " + name + " is null");
        }
        return Images.decode(name, image, classifier.imageShape());
      } catch (DataException e) {
        if (invalid.equals(ColumnParams.ERROR)) {
          throw new DataException(e.getMessage() + " (" + texts(row) + ")", e);
        }
        return null;
      }
    }

    /** Returns what a row says of itself, for messages. */
    private String texts(Row row) {
      List<String> texts = new ArrayList<>();
      for (int c = 0; c < row.size(); c++) {
        if (row.get(c) instanceof String || row.get(c) instanceof Number) {
          texts.add(row.schema().fieldNames()[c] + "=" + row.get(c));
        }
      }
      return String.join(", ", texts);
    }

    private Row with(Row row, Classification result) {
      List<Object> values = new ArrayList<>();
      for (int c = 0; c < row.size(); c++) {
        values.add(row.get(c));
      }
      values.addAll(columns.values(result, numbers));
      return RowFactory.create(values.toArray());
    }
  }
}
