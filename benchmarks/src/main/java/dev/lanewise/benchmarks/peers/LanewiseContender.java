package dev.lanewise.benchmarks.peers;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.parallel.WorkerPool;

/**
 * Lanewise. Its kernels work plainly, as the peers' do; in the variant {@value #FUSED} they also
 * normalise on the way in and sum on the way out, as in training.
 */
public final class LanewiseContender implements Contender {
  /** Kernels as in training. */
  static final String FUSED = "fused";

  private WorkerPool pool;
  private boolean fused;

  /** Made by the child process. */
  public LanewiseContender() {}

  @Override
  public String start(int threads, String variant) {
    pool = new WorkerPool(threads);
    fused = variant.equals(FUSED);
    return "Lanewise, " + Lanes.LANES + " lanes, Java " + Runtime.version();
  }

  @Override
  public boolean does(Work work) {
    return !(fused && work.kind().isNetwork());
  }

  @Override
  public Task prepare(Work work) {
    return switch (work.kind()) {
      case TRAINING -> LanewiseNetworks.training(work, pool);
      case INFERENCE -> LanewiseNetworks.inference(work, pool);
      default -> new LanewiseKernel(work, pool, fused);
    };
  }
}
