package dev.lanewise.cli;

import dev.lanewise.model.CheckpointInterval;
import dev.lanewise.model.error.ModelException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how often a training is saved. */
final class IntervalConverter implements ITypeConverter<CheckpointInterval> {
  @Override
  public CheckpointInterval convert(String value) {
    try {
      return CheckpointInterval.parse(value);
    } catch (ModelException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
