package dev.lanewise.benchmarks.peers;

import static dev.lanewise.benchmarks.peers.Work.Kind.FORWARD;
import static dev.lanewise.benchmarks.peers.Work.Kind.INFERENCE;
import static dev.lanewise.benchmarks.peers.Work.Kind.INPUT_GRADIENT;
import static dev.lanewise.benchmarks.peers.Work.Kind.TRAINING;
import static dev.lanewise.benchmarks.peers.Work.Kind.WEIGHT_GRADIENT;
import static dev.lanewise.benchmarks.peers.Work.network;

import java.util.ArrayList;
import java.util.List;

/** The works that are compared, in groups that options name. */
final class WorkGroups {
  /** The tutorials' training. */
  static final Work TRAINING_64 = network(TRAINING, 32, 64);

  private static final int[][] PRODUCTS = {
    {15, 64, 256}, {15, 256, 64}, {8, 512, 128}, {8, 128, 512},
    {4, 1024, 256}, {4, 256, 1024}, {2, 2048, 512}, {2, 512, 2048}
  };

  private static final int[][] CONVOLUTIONS = {
    {32, 15, 64}, {32, 8, 128}, {32, 4, 256}, {32, 2, 512},
    {8, 56, 64}, {8, 28, 128}, {8, 14, 256}, {8, 7, 512}
  };

  private WorkGroups() {}

  /** Returns the works of a group, or the one work of that id; fails with a sentence. */
  static List<Work> of(String name) {
    return switch (name) {
      case "networks" -> networks();
      case "kernels" -> kernels();
      case "all" -> {
        List<Work> all = new ArrayList<>(networks());
        all.addAll(kernels());
        yield all;
      }
      default -> {
        try {
          yield List.of(Work.parse(name));
        } catch (IllegalArgumentException e) {
          throw new PeersException(
              "wanted works named networks, kernels, all, or like training-32x64 or"
                  + " forward-32x15-3-64-64, got '"
                  + name
                  + "'",
              e);
        }
      }
    };
  }

  private static List<Work> networks() {
    return List.of(
        TRAINING_64,
        network(TRAINING, 8, 224),
        network(INFERENCE, 32, 64),
        network(INFERENCE, 1, 64),
        network(INFERENCE, 8, 224),
        network(INFERENCE, 1, 224));
  }

  private static List<Work> kernels() {
    List<Work> works = new ArrayList<>();
    for (Work.Kind role : List.of(FORWARD, INPUT_GRADIENT, WEIGHT_GRADIENT)) {
      for (int[] p : PRODUCTS) {
        works.add(new Work(role, 32, p[0], 1, p[1], p[2]));
      }
      for (int[] c : CONVOLUTIONS) {
        works.add(new Work(role, c[0], c[1], 3, c[2], c[2]));
      }
    }
    return works;
  }
}
