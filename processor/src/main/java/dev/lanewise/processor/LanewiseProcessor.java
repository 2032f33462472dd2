package dev.lanewise.processor;

import com.google.auto.service.AutoService;
import java.util.*;
import javax.annotation.processing.*;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Generates fused code. */
@AutoService(Processor.class)
@SupportedAnnotationTypes("dev.lanewise.spec.*")
public final class LanewiseProcessor extends AbstractProcessor {
  /** Made by javac. */
  public LanewiseProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    return false;
  }
}
