package dev.lanewise.layer;

/** What ends a branch that a join adds to a shortcut: a normalisation, or a gate behind it. */
public sealed interface Branch permits BatchNormTraining, GateTraining {
  /**
   * Multiplies what the branch puts out, until another gain is set.
   *
   * @param gain 1 for a plain branch
   */
  void setGain(double gain);
}
