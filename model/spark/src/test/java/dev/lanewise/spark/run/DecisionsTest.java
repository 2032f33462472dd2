package dev.lanewise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.OptimizerSettings;
import dev.lanewise.spark.run.Outcome.Kind;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the driver decides, without Spark. */
class DecisionsTest {
  @ParameterizedTest
  @CsvSource({
    "4, 0, 9, 4",
    "4, 0, 3, 2",
    "4, 0, 1, 1",
    "4, 2, 9, 2",
    "6, 0, 5, 3",
    "6, 4, 6, 3",
    "7, 0, 6, 1",
    "8, 0, 0, 0"
  })
  void workersAreTheLargestDivisorThatThereAreExecutorsFor(
      int shards, int most, int executors, int wanted) {
    assertThat(WorkerCount.of(shards, most, executors)).isEqualTo(wanted);
  }

  @Test
  void workersThatCannotShareAreRefused() {
    WorkerCount.require(4, 0);
    WorkerCount.require(4, 2);
    assertThatThrownBy(() -> WorkerCount.require(4, 3))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "3 workers require a multiple of 3 shards, got 4; with these, up to 2 workers can"
                + " train");
  }

  @Test
  void attemptsEndWithTheMostFailures() {
    Failures failures = new Failures(3);
    assertThat(failures.add("executor 1 is lost", false, 0)).isNull();
    assertThat(failures.add("executor 2 is lost", false, 0)).isNull();
    assertThat(failures.add("executor 3 is lost", false, 5))
        .isEqualTo(
            "attempt number 3 failed, and 3 failures are the most that are allowed: executor 3 is"
                + " lost");
  }

  @Test
  void attemptsEndWithTheSameFailureUnlessThereIsProgress() {
    Failures failures = new Failures(9);
    assertThat(failures.add("port 1 is broken", true, 0)).isNull();
    assertThat(failures.add("port 2 is broken", true, 1)).isNull();
    assertThat(failures.add("port 3 is worn", true, 1)).isNull();
    assertThat(failures.add("executor lost", false, 1)).isNull();
    assertThat(failures.add("port 3 is worn", true, 1)).isNull();
    assertThat(failures.add("port 4 is worn", true, 1))
        .isEqualTo("the same failure came twice with no checkpoint between: port 4 is worn");
  }

  @Test
  void theCauseOfAFailureIsNotItsConsequence() {
    Outcome lost = new Outcome(0, "a", Kind.LOST, "worker 2 has left");
    Outcome done = new Outcome(1, "b", Kind.DONE, null);
    Outcome failed = new Outcome(2, "c", Kind.FAILED, "the disk is full");
    assertThat(Outcome.cause(List.of(lost, done, failed))).contains(failed);
    assertThat(Outcome.cause(List.of(done))).isEmpty();
    assertThat(Outcome.parse(failed.text())).isEqualTo(failed);
    assertThat(failed.line()).isEqualTo("the disk is full (worker 2 on c)");
  }

  @Test
  void saysWhatWorkersLack() {
    assertThat(Introduction.refusal("h", Runtime.Version.parse("25.0.3+9"), true)).isNull();
    assertThat(Introduction.refusal("h", Runtime.Version.parse("25.0.2"), true))
        .startsWith("workers require Java 25.0.3 or later, and h has 25.0.2");
    assertThat(Introduction.refusal("h", Runtime.Version.parse("26"), false))
        .startsWith("workers require the module jdk.incubator.vector, and Java on h");
    Introduction one = new Introduction("h", 1, null);
    Introduction other = new Introduction("g", 2, "no");
    List<Introduction> all = Introduction.parse(new String[] {one.text(), other.text()});
    assertThat(all).containsExactly(one, other);
    assertThat(Introduction.refusal(all)).contains("no");
    assertThat(Introduction.addresses(all).get(1).getPort()).isEqualTo(2);
  }

  @Test
  void sparksMessagesBecomeALine() {
    SparkException failure =
        new SparkException(
            "Job aborted: a barrier task failed.\n\nExecutorLostFailure (executor 1 exited)\n"
                + "\tat a.b.C.d(C.java:1)\nDriver stacktrace:\n more");
    assertThat(Attempt.reason(failure))
        .isEqualTo("Job aborted: a barrier task failed. ExecutorLostFailure (executor 1 exited)");
  }

  @Test
  void settingsAreCheckedWhereTheyAreMade() {
    assertThatThrownBy(() -> TrainingSettings.of("nosuchnet", 32, 32, 1))
        .hasMessageContaining("there is no network 'nosuchnet'");
    TrainingSettings settings = TrainingSettings.of("cifarresnet20", 32, 32, 1);
    assertThatThrownBy(() -> settings.withBatches(2, 4)).isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> settings.withRecipe(Map.of("speed", "1")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("unknown setting 'speed'");
    assertThat(settings.withBatches(32, 4).shards()).isEqualTo(4);
    assertThatThrownBy(() -> OptimizerSettings.Kind.of("rmsprop"))
        .hasMessage("the optimizer requires adam or sgd, got rmsprop");
  }

  @Test
  void settingsOfSparkAreChecked() {
    SparkConf conf = new SparkConf(false);
    Cluster.requireUsable(conf);
    assertThat(Cluster.expected(conf)).isEqualTo(1);
    conf.set("spark.cores.max", "9").set("spark.executor.cores", "4");
    assertThat(Cluster.expected(conf)).isEqualTo(2);
    conf.set("spark.executor.instances", "5");
    assertThat(Cluster.expected(conf)).isEqualTo(5);
    conf.set("spark.dynamicAllocation.enabled", "true");
    assertThatThrownBy(() -> Cluster.requireUsable(conf))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("set spark.dynamicAllocation.enabled=false");
    Cluster.requireOneSlotEach(2, 2);
    assertThatThrownBy(() -> Cluster.requireOneSlotEach(2, 8))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("got 8 slots on 2 executors: set spark.task.cpus");
  }

  @Test
  void threadsAreLeftToTheExchange() {
    ClusterSettings usual = ClusterSettings.of("x");
    assertThat(usual.threads(8, 4)).isEqualTo(7);
    assertThat(usual.threads(8, 1)).isEqualTo(8);
    assertThat(usual.threads(1, 4)).isEqualTo(1);
    assertThat(usual.withWorkers(0, 3).threads(8, 4)).isEqualTo(3);
  }
}
