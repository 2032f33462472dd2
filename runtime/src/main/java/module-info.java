/** Spec annotations, tensors, SIMD kernels, layers and optimisers of Lanewise. */
module dev.lanewise.runtime {
  requires jdk.incubator.vector;

  exports dev.lanewise.exchange;
  exports dev.lanewise.kernel;
  exports dev.lanewise.layer;
  exports dev.lanewise.network;
  exports dev.lanewise.parallel;
  exports dev.lanewise.reference;
  exports dev.lanewise.spec;
  exports dev.lanewise.tensor;
  exports dev.lanewise.train;
}
