package dev.lanewise.model.report;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.model.data.Fingerprint;
import dev.lanewise.model.data.ImageDataset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a reader must know to repeat a result: the machine and the images. */
final class Facts {
  private static final int MIB_BITS = 20;

  private Facts() {}

  /** Returns what the program runs on. */
  static Map<String, String> machine() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put(
        "system",
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("vectors", Lanes.LANES + " floats");
    facts.put(
        "heap", String.format(Locale.ROOT, "%d MiB", Runtime.getRuntime().maxMemory() >> MIB_BITS));
    return facts;
  }

  /** Returns what the images are, with a checksum of each set. */
  static Map<String, String> data(ReportSubject subject) {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "training", subject.train());
    put(facts, "validation", subject.validation());
    return facts;
  }

  private static void put(Map<String, String> facts, String name, ImageDataset images) {
    if (images != null) {
      facts.put(
          name, images.description() + "; CRC32C of labels and sample " + Fingerprint.of(images));
    }
  }
}
