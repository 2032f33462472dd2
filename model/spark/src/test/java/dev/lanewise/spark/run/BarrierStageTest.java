package dev.lanewise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.spark.LocalSpark;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class BarrierStageTest {
  @Test
  void tasksRunAtTheSameTimeAndHearOfEachOther() throws Exception {
    try (SparkSession session = LocalSpark.session("local[2]")) {
      JavaSparkContext spark = new JavaSparkContext(session.sparkContext());
      List<String> results =
          BarrierStage.start(
                  spark,
                  2,
                  context ->
                      context.partitionId()
                          + " of "
                          + String.join("+", context.allGather("task" + context.partitionId())))
              .get();
      assertThat(results).containsExactly("0 of task0+task1", "1 of task0+task1");
    }
  }
}
