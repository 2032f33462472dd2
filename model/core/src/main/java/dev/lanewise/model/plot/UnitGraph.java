package dev.lanewise.model.plot;

import dev.lanewise.network.LayerInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network's units and what each of them reads.
 *
 * @param inputs all units, each after those that it reads, and what it reads in the layer's order
 * @param repeats by a block's name, the names of the blocks that it stands for, itself first
 */
record UnitGraph(Map<Unit, List<Unit>> inputs, Map<String, List<String>> repeats) {
  /**
   * Gathers layers into units.
   *
   * @param layers each after those that it reads
   * @param fuse whether a unit may be more than one layer
   */
  static UnitGraph of(List<LayerInfo> layers, boolean fuse) {
    Map<String, Integer> readers = new HashMap<>();
    for (LayerInfo layer : layers) {
      new HashSet<>(layer.inputs()).forEach(input -> readers.merge(input, 1, Integer::sum));
    }
    Map<String, Unit> owners = new LinkedHashMap<>();
    for (LayerInfo layer : layers) {
      Unit before = layer.inputs().size() == 1 ? owners.get(layer.inputs().get(0)) : null;
      List<LayerInfo> parts = new ArrayList<>();
      if (fuse && before != null && readers.get(before.last().name()) == 1 && before.takes(layer)) {
        parts.addAll(before.layers());
      }
      parts.add(layer);
      Unit unit = new Unit(parts);
      parts.forEach(part -> owners.put(part.name(), unit));
    }
    Map<Unit, List<Unit>> inputs = new LinkedHashMap<>();
    for (LayerInfo layer : layers) {
      Unit unit = owners.get(layer.name());
      if (unit.first() == layer) {
        inputs.put(unit, layer.inputs().stream().map(owners::get).distinct().toList());
      }
    }
    Map<String, List<String>> repeats = new LinkedHashMap<>();
    inputs.keySet().forEach(unit -> repeats.put(unit.block(), List.of(unit.block())));
    return new UnitGraph(inputs, repeats);
  }

  /** Returns the units of each block, in order. */
  Map<String, List<Unit>> blocks() {
    Map<String, List<Unit>> blocks = new LinkedHashMap<>();
    for (Unit unit : inputs.keySet()) {
      blocks.computeIfAbsent(unit.block(), block -> new ArrayList<>()).add(unit);
    }
    return blocks;
  }

  /** Returns the graph with each run of equal blocks as its first block alone. */
  UnitGraph compact() {
    Map<Unit, Unit> standIns = new HashMap<>();
    Map<String, List<String>> runs = new LinkedHashMap<>();
    Map<String, List<Unit>> blocks = blocks();
    String first = null;
    String before = null;
    for (String block : blocks.keySet()) {
      if (first != null && equal(blocks, before, block)) {
        for (int i = 0; i < blocks.get(block).size(); i++) {
          standIns.put(blocks.get(block).get(i), blocks.get(first).get(i));
        }
        runs.get(first).add(block);
      } else {
        first = block;
        runs.put(block, new ArrayList<>(List.of(block)));
      }
      before = block;
    }
    Map<Unit, List<Unit>> kept = new LinkedHashMap<>();
    for (Unit unit : inputs.keySet()) {
      if (!standIns.containsKey(unit)) {
        Set<Unit> read = new LinkedHashSet<>();
        inputs.get(unit).forEach(input -> read.add(standIns.getOrDefault(input, input)));
        kept.put(unit, List.copyOf(read));
      }
    }
    return new UnitGraph(kept, runs);
  }

  /** Whether two blocks do the same over inputs of the same shape, and each reads but one unit. */
  private boolean equal(Map<String, List<Unit>> blocks, String a, String b) {
    return !a.isEmpty() && signature(blocks.get(a)).equals(signature(blocks.get(b)));
  }

  /** Returns what a block does, without names; unique where it reads several other blocks. */
  private List<Object> signature(List<Unit> block) {
    List<Object> signature = new ArrayList<>();
    Set<Unit> outside = new LinkedHashSet<>();
    for (Unit unit : block) {
      unit.layers().forEach(layer -> signature.add(List.of(layer.config(), layer.outputShape())));
      for (Unit input : inputs.get(unit)) {
        int at = block.indexOf(input);
        signature.add(at);
        if (at < 0) {
          outside.add(input);
          signature.add(input.outputShape());
        }
      }
    }
    if (outside.size() != 1) {
      signature.add(block.get(0).first().name());
    }
    return signature;
  }
}
