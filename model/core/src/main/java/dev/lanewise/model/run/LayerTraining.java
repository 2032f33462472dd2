package dev.lanewise.model.run;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.text.Numbers;
import dev.lanewise.network.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which layers of a network are frozen, and which have learning rates of their own: as the user
 * said it, in patterns, so that a model file can keep it.
 */
public final class LayerTraining {
  private static final String FROZEN = "frozen_layers";
  private static final String RATE_FACTORS = "learning_rate_factors";

  private final Network network;
  private List<String> frozen = List.of();

  /** Factors by pattern, in the order in which they were set. */
  private Map<String, Double> rateFactors = new LinkedHashMap<>();

  /** Starts with a network of which all layers train at the same rate. */
  public LayerTraining(Network network) {
    this.network = network;
  }

  /**
   * Freezes more layers.
   *
   * @throws ModelException where no layer fits a pattern, or none is left to train; nothing has
   *     changed then
   */
  public void freeze(List<String> patterns) {
    List<String> all = new ArrayList<>(frozen);
    all.addAll(patterns);
    Set<String> names = LayerPatterns.choose(network, all);
    if (network.parameters().stream().allMatch(parameter -> names.contains(parameter.layer()))) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "to freeze %s leaves nothing of network %s to train",
              String.join(LayerPatterns.SEPARATOR, all),
              network.name()));
    }
    network.freeze(names::contains);
    frozen = List.copyOf(all);
  }

  public void unfreeze() {
    network.freeze(name -> false);
    frozen = List.of();
  }

  /**
   * Gives layers another learning rate.
   *
   * @throws ModelException where no layer fits a pattern, or the factor is not positive and finite;
   *     nothing has changed then
   */
  public void setRateFactor(double factor, List<String> patterns) {
    if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new ModelException(
          "a factor of the learning rate must be a positive, finite number, got "
              + Numbers.text(factor));
    }
    Map<String, Double> all = new LinkedHashMap<>(rateFactors);
    for (String pattern : patterns) {
      // Behind those that were set before: the last that fits a layer decides.
      all.remove(pattern);
      all.put(pattern, factor);
    }
    Map<String, Double> byLayer = new HashMap<>();
    all.forEach(
        (pattern, f) -> LayerPatterns.fitting(network, pattern).forEach(l -> byLayer.put(l, f)));
    network.setRateFactors(layer -> byLayer.getOrDefault(layer, 1.0));
    rateFactors = all;
  }

  /** Returns the learning rates that differ, for the user; empty where none does. */
  public String describeRates() {
    List<String> rates = new ArrayList<>();
    rateFactors.forEach(
        (pattern, factor) -> rates.add("x " + Numbers.text(factor) + " in " + pattern));
    return rates.isEmpty() ? "" : " (" + String.join(", ", rates) + ")";
  }

  /** Adds what a model file keeps. */
  public void save(Map<String, String> attributes) {
    if (!frozen.isEmpty()) {
      attributes.put(FROZEN, String.join(LayerPatterns.SEPARATOR, frozen));
    }
    if (!rateFactors.isEmpty()) {
      List<String> factors = new ArrayList<>();
      rateFactors.forEach((pattern, factor) -> factors.add(pattern + "=" + factor));
      attributes.put(RATE_FACTORS, String.join(LayerPatterns.SEPARATOR, factors));
    }
  }

  /**
   * Does as a model file says.
   *
   * @param from the file, for messages
   * @throws ModelException where the file says nothing that fits the network
   */
  public void restore(Map<String, String> attributes, String from) {
    try {
      String names = attributes.get(FROZEN);
      if (names != null) {
        freeze(List.of(names.split(LayerPatterns.SEPARATOR, -1)));
      }
      String factors = attributes.get(RATE_FACTORS);
      if (factors != null) {
        for (String factor : factors.split(LayerPatterns.SEPARATOR, -1)) {
          int equals = factor.lastIndexOf('=');
          setRateFactor(
              Double.parseDouble(factor.substring(equals + 1)),
              List.of(factor.substring(0, Math.max(0, equals))));
        }
      }
    } catch (NumberFormatException e) {
      throw new ModelException(
          from
              + " says which layers learn at a rate of their own, but not at which: "
              + e.getMessage(),
          e);
    } catch (ModelException e) {
      throw new ModelException(
          "what "
              + from
              + " says of frozen layers and learning rates does not fit: "
              + e.getMessage(),
          e);
    }
  }
}
