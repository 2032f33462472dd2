package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.cli.Machine.Compiler;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.EarlyStopping;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.train.Adam;
import java.lang.Runtime.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told before a training begins. */
class PreflightTest {
  private static final long MIB = 1 << 20;

  private static Machine machine(String version, Compiler compiler, boolean g1, long memory) {
    return new Machine(
        Version.parse(version), "Vendor", "OpenJDK VM", compiler, g1, 16, memory, memory / 2);
  }

  @Test
  void machineSaysWhatTheSpeedDependsOn() {
    Machine good = machine("25.0.3+9-LTS", Compiler.C2, true, 0);
    assertThat(good.warnings()).isEmpty();
    assertThat(good.java()).isEqualTo("25.0.3+9-LTS of Vendor, compiled by C2");
    assertThat(good.computes(1)).startsWith("1 thread, vectors of 512 bits (16 float lanes), ");
    assertThat(Machine.here().java()).startsWith(Runtime.version() + " of ");
  }

  @Test
  void virtualMachinesThatAreSlowAreNamed() {
    for (Compiler compiler : List.of(Compiler.C1, Compiler.GRAAL, Compiler.NONE, Compiler.OTHER)) {
      assertThat(machine("25.0.3", compiler, true, 0).warnings())
          .singleElement()
          .asString()
          .contains("require HotSpot's compiler C2", "OpenJDK VM", "many times slower");
    }
    assertThat(machine("25.0.2", Compiler.C2, true, 0).warnings())
        .singleElement()
        .asString()
        .contains("requires Java 25.0.3 or later, got 25.0.2", "JDK-8377811");
    assertThat(machine("25.0.2", Compiler.C2, false, 0).warnings()).isEmpty();
    assertThat(machine("26", Compiler.C2, true, 0).warnings()).isEmpty();
  }

  @Test
  void memoryIsToldAgainstHeapAndMachine() {
    TrainingMemory memory = new TrainingMemory(100 * MIB, 200 * MIB, 300 * MIB, 0, 400 * MIB);
    Machine enough = machine("25.0.3", Compiler.C2, true, 4000 * MIB);
    assertThat(memory.text(enough))
        .isEqualTo(
            "1000 MiB: a step 100, weights and gradients 200, optimiser 300, images 400; heap of at"
                + " most 2000 MiB of the machine's 4000");
    memory.requireHeap(new InputSize(64, 64), 32, enough);
    assertThat(memory.lack(enough)).isEmpty();

    Machine smallHeap = machine("25.0.3", Compiler.C2, true, 1600 * MIB);
    assertThatThrownBy(() -> memory.requireHeap(new InputSize(64, 48), 32, smallHeap))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "training on 32 images of 64x48 at a time takes 1000 MiB, and the Java heap has at most"
                + " 800 MiB; use a smaller --batch or --input, or a larger heap with"
                + " LANEWISE_JAVA_OPTS=-Xmx2g");

    Machine small = machine("25.0.3", Compiler.C2, true, 900 * MIB);
    assertThatThrownBy(() -> memory.requireHeap(new InputSize(64, 48), 1, small))
        .hasMessageEndingWith("or a larger machine, as this one has 900 MiB in all");
    assertThat(memory.lack(small)).get().asString().contains("1000 MiB of the machine's 900");
  }

  @Test
  void copiesOfWeightsCount() {
    try (Model model = Model.build("cifarresnet20", ModelOptions.of(32, 32, List.of("a", "b")))) {
      Recipe plain = Recipe.PLAIN;
      Recipe both = plain.withAveraging(0.99).withEarlyStopping(new EarlyStopping(3, 0, true));
      TrainingMemory least = TrainingMemory.of(model, new Adam(1e-3), plain, 4, 1, null);
      TrainingMemory most = TrainingMemory.of(model, new Adam(1e-3), both, 4, 1, null);
      assertThat(least.copies()).isZero();
      assertThat(least.step()).isEqualTo(model.trainingBytes(4));
      assertThat(most.copies()).isEqualTo(least.weights()).isEqualTo(least.optimizer());

      // Of four shards two sums wait for the others; two workers have two shards each.
      Recipe shards = plain.withShards(4);
      TrainingMemory alone = TrainingMemory.of(model, new Adam(1e-3), shards, 8, 1, null);
      TrainingMemory shared = TrainingMemory.of(model, new Adam(1e-3), shards, 8, 2, null);
      assertThat(alone.step()).isEqualTo(model.trainingBytes(2)).isEqualTo(shared.step());
      assertThat(alone.copies()).isEqualTo(least.weights());
      assertThat(shared.copies()).isEqualTo(least.weights() / 2);
    }
  }

  @Test
  void imagesThatShrinkToAPointAreTold() {
    assertThat(smallInput(5, "resnet50"))
        .get()
        .asString()
        .startsWith("images of 5x5 are small for ResNet50: from layer '")
        .endsWith("a larger --input lets them see a picture");
    assertThat(smallInput(16, "resnet50")).isPresent();
    assertThat(smallInput(32, "resnet50")).isEmpty();
    assertThat(smallInput(64, "resnet50")).isEmpty();
    assertThat(smallInput(32, "cifarresnet20")).isEmpty();
  }

  private static Optional<String> smallInput(int size, String network) {
    try (Model model = Model.build(network, ModelOptions.of(size, size, List.of("a", "b")))) {
      return SmallInput.warning(model.network());
    }
  }
}
