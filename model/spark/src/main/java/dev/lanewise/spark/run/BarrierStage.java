package dev.lanewise.spark.run;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * A stage whose tasks run all at the same time. It gives its results to the driver itself, so Spark
 * runs it once: where a task or its executor fails, all of it fails at once.
 */
final class BarrierStage {
  /** What each task does; it is sent to the executors. */
  interface Work extends Serializable {
    /**
     * Does it.
     *
     * @param context of the task
     * @return a text for the driver
     */
    String run(BarrierTaskContext context);
  }

  private BarrierStage() {}

  /**
   * Starts the tasks.
   *
   * @param tasks how many
   * @return the texts, in the order of the tasks
   */
  static JavaFutureAction<List<String>> start(JavaSparkContext spark, int tasks, Work work) {
    ClassTag<String> tag = ClassTag$.MODULE$.apply(String.class);
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    RDD<String> results =
        spark.parallelize(numbers, tasks).rdd().barrier().mapPartitions(new Task(work), false, tag);
    return JavaRDD.fromRDD(results, tag).collectAsync();
  }

  /** Scala's form of the work: RDDBarrier has none for Java. */
  private static final class Task
      extends AbstractFunction1<
          scala.collection.Iterator<Integer>, scala.collection.Iterator<String>>
      implements Serializable {
    private static final long serialVersionUID = 1;

    private final Work work;

    Task(Work work) {
      this.work = work;
    }

    @Override
    public scala.collection.Iterator<String> apply(scala.collection.Iterator<Integer> numbers) {
      Iterator<String> result = List.of(work.run(BarrierTaskContext.get())).iterator();
      return CollectionConverters.asScala(result);
    }
  }
}
