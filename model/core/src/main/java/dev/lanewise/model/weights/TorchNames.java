package dev.lanewise.model.weights;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * torchvision's names for the modules of a ResNet in Hugging Face's transformers ({@code
 * microsoft/resnet-50}), whose networks are the same.
 */
final class TorchNames {
  private static final Pattern STEM =
      Pattern.compile("(?:resnet\\.)?embedder\\.embedder\\.(convolution|normalization)");

  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:resnet\\.)?encoder\\.stages\\.(\\d{1,3})\\.layers\\.(\\d{1,3})"
              + "\\.(?:layer\\.(\\d)|shortcut)\\.(convolution|normalization)");

  private TorchNames() {}

  /** Returns torchvision's name of such a module; any other name as it is. */
  static String torchvision(String name) {
    Matcher stem = STEM.matcher(name);
    if (stem.matches()) {
      return isConvolution(stem.group(1)) ? "conv1" : "bn1";
    }
    Matcher block = BLOCK.matcher(name);
    if (!block.matches()) {
      return name;
    }
    boolean convolution = isConvolution(block.group(4));
    String unit = block.group(3);
    String module =
        unit == null
            ? "downsample." + (convolution ? 0 : 1)
            : (convolution ? "conv" : "bn") + (Integer.parseInt(unit) + 1);
    return "layer" + (Integer.parseInt(block.group(1)) + 1) + "." + block.group(2) + "." + module;
  }

  private static boolean isConvolution(String part) {
    return part.equals("convolution");
  }
}
