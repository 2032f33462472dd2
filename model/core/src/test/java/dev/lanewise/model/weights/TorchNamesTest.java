package dev.lanewise.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TorchNamesTest {
  private static void assertName(String wanted, String name) {
    assertThat(TorchNames.torchvision(name)).isEqualTo(wanted);
    assertThat(TorchNames.torchvision("resnet." + name)).isEqualTo(wanted);
  }

  @Test
  void transformersResNetHasTorchvisionsNames() {
    assertName("conv1", "embedder.embedder.convolution");
    assertName("bn1", "embedder.embedder.normalization");
    assertName("layer1.0.conv1", "encoder.stages.0.layers.0.layer.0.convolution");
    assertName("layer4.2.bn3", "encoder.stages.3.layers.2.layer.2.normalization");
    assertName("layer3.22.conv2", "encoder.stages.2.layers.22.layer.1.convolution");
    assertName("layer2.0.downsample.0", "encoder.stages.1.layers.0.shortcut.convolution");
    assertName("layer2.0.downsample.1", "encoder.stages.1.layers.0.shortcut.normalization");
  }

  @Test
  void otherNamesStay() {
    for (String name :
        new String[] {"conv1", "layer1.0.bn2", "fc", "classifier.1", "encoder.stages.x.layers.0"}) {
      assertThat(TorchNames.torchvision(name)).isEqualTo(name);
    }
  }
}
