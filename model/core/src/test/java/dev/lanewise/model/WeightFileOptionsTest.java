package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.model.error.ModelException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightFileOptionsTest {
  @Test
  void denseLayerOfOneUnitIsRefusedByTheFilesName() {
    SavedArray kernel = new SavedArray("kernel", new int[] {4, 1}, new float[4]);
    List<SavedLayer> layers = List.of(new SavedLayer("fc", List.of(kernel)));
    SavedWeights weights = new SavedWeights("test", layers, true, false, null, Map.of());
    ForeignOptions options = ForeignOptions.of(TinyNetwork::new).withInput(8, 8);
    assertThatThrownBy(() -> WeightFileOptions.options(weights, options, 1, "w.h5"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "w.h5 has a dense layer of one unit, and a classifier requires one for each class");
  }
}
