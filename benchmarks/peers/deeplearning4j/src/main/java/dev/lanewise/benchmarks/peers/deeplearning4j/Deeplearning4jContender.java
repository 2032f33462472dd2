package dev.lanewise.benchmarks.peers.deeplearning4j;

import dev.lanewise.benchmarks.peers.Contender;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Workload;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.versioncheck.VersionCheck;

/** Deeplearning4j with its native backend. */
public final class Deeplearning4jContender implements Contender {
  /** Made by the child process. */
  public Deeplearning4jContender() {}

  @Override
  public String start(int threads, String variant) {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    Nd4j.getRandom().setSeed(1);
    // Beyond OMP_NUM_THREADS, which the parent sets, there is one more place to say it.
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    return "Deeplearning4j "
        + VersionCheck.getVersionInfos().stream()
            .filter(info -> info.getArtifactId().equals("nd4j-native"))
            .map(info -> info.getBuildVersion())
            .findFirst()
            .orElse("");
  }

  @Override
  public boolean does(Workload workload) {
    return workload.kind().isNetwork();
  }

  @Override
  public Task prepare(Workload workload) {
    return workload.kind() == Workload.Kind.TRAINING
        ? new GraphTraining(workload)
        : new GraphInference(workload);
  }
}
