package dev.lanewise.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContenderTest {
  @Test
  void idsOfAllWorksCanBeParsed() {
    assertThat(WorkGroups.of("all")).hasSize(6 + 48).doesNotHaveDuplicates();
    for (Work work : WorkGroups.of("all")) {
      assertThat(Work.parse(work.id())).isEqualTo(work);
    }
    assertThatThrownBy(() -> Work.parse("training-64")).hasMessageContaining("got 'training-64'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forward-2x4-1-8-16",
        "forward-1x4-3-8-16",
        "input-gradient-2x4-1-8-16",
        "input-gradient-2x4-3-8-16",
        "weight-gradient-2x4-1-8-16",
        "weight-gradient-1x5-3-8-16"
      })
  void lanewiseAgreesWithTheLoops(String id) {
    LanewiseContender contender = new LanewiseContender();
    contender.start(1, LanewiseContender.FUSED);
    // Checks itself when it is prepared.
    try (Task task = contender.prepare(Work.parse(id))) {
      task.run();
    }
  }

  @Test
  void wrongResultsAreRefused() {
    ConvProblem problem = new ConvProblem(Work.parse("forward-1x4-3-8-16"));
    assertThatThrownBy(() -> problem.check(new float[4 * 4 * 16]))
        .isInstanceOf(CheckFailedException.class)
        .hasMessageContaining("wanted");
    Work inference = Work.parse("inference-1x64");
    assertThatThrownBy(() -> NetworkProblem.checkProbabilities(inference, new float[6]))
        .hasMessage("wanted probabilities that sum to 1, got a sum of 0.0");
    assertThatThrownBy(() -> NetworkProblem.checkLosses(1.8, Double.NaN))
        .hasMessageContaining("falls");
    assertThatThrownBy(() -> NetworkProblem.checkParameters(inference, 1))
        .hasMessage("wanted a network of 23546886 trained parameters, got 1");
  }

  @Test
  void aChildProcessWorks() {
    try (Child child = new Child(Entry.LANEWISE, Path.of("unused"), 1)) {
      assertThat(child.about()).startsWith("Lanewise, ");
      Work work = Work.parse("forward-1x4-1-8-16");
      assertThat(child.does(work)).isTrue();
      child.prepare(work);
      assertThat(child.run(3)).hasSize(3);
      child.drop();
      assertThatThrownBy(() -> child.run(1))
          .isInstanceOf(PeersException.class)
          .hasMessage("Lanewise failed at run 1: nothing is prepared");
    }
  }
}
