/** Checks annotated networks and generates their fused code. */
module dev.lanewise.processor {
  requires dev.lanewise.runtime;
  requires java.compiler;
  requires static jdk.compiler;
  requires com.palantir.javapoet;
  requires static com.google.auto.service;

  provides javax.annotation.processing.Processor with
      dev.lanewise.processor.LanewiseProcessor;
}
