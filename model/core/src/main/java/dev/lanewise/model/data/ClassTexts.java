package dev.lanewise.model.data;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.StringData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the texts of a data set. NumPy's byte strings, which h5py writes as ASCII of fixed length,
 * hold UTF-8 as often as not, and jHDF would make question marks of it.
 */
final class ClassTexts {
  private ClassTexts() {}

  static List<String> read(Dataset dataset) {
    if (dataset.getDataType() instanceof StringData type
        && dataset instanceof ContiguousDataset contiguous) {
      return fixed(contiguous.getBuffer(), type.getSize());
    }
    return List.of((String[]) dataset.getDataFlat());
  }

  private static List<String> fixed(ByteBuffer bytes, int width) {
    List<String> texts = new ArrayList<>();
    byte[] text = new byte[width];
    while (bytes.remaining() >= width) {
      bytes.get(text);
      int length = 0;
      while (length < width && text[length] != 0) {
        length++;
      }
      texts.add(new String(text, 0, length, StandardCharsets.UTF_8).stripTrailing());
    }
    return texts;
  }
}
