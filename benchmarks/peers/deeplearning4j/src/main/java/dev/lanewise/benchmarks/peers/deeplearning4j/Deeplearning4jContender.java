package dev.lanewise.benchmarks.peers.deeplearning4j;

import dev.lanewise.benchmarks.peers.Contender;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j with its native backend. */
public final class Deeplearning4jContender implements Contender {
  private static final int LARGEST = 64;
  private static final Pattern NATIVE_JAR = Pattern.compile("nd4j-api-([^/\\\\]+)\\.jar");

  /** Made by the child process. */
  public Deeplearning4jContender() {}

  @Override
  public String start(int threads, String variant) {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    Nd4j.getRandom().setSeed(1);
    // Beyond OMP_NUM_THREADS, which the parent sets, there is one more place to say it.
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Matcher jar = NATIVE_JAR.matcher(System.getProperty("java.class.path"));
    return "Deeplearning4j " + (jar.find() ? jar.group(1) : "of unknown version");
  }

  @Override
  public boolean does(Work work) {
    // A step takes seconds at 64x64, and tens of seconds at 224x224.
    return work.kind().isNetwork() && work.size() <= LARGEST;
  }

  @Override
  public Task prepare(Work work) {
    return work.kind() == Work.Kind.TRAINING ? new GraphTraining(work) : new GraphInference(work);
  }
}
