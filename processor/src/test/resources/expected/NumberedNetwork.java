package good;

import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.spec.BatchNorm;
import javax.annotation.processing.Generated;

/** The network that {@link Numbered} declares: stem, 29 blocks, head. */
@SuppressWarnings("exports")
@Generated("dev.lanewise.processor.LanewiseProcessor")
public final class NumberedNetwork extends Network {
  /**
   * Makes the network and draws its parameters.
   *
   * @param options input size, classes, seed and threads
   */
  public NumberedNetwork(NetworkOptions options) {
    super("Numbered", options, 3, 0.99, 0.001, BatchNorm.Mode.BY_PHASE);
    add("stem", new NumberedStem(layers()));
    add("1.0", new NumberedBlock1_0(layers(), "1", "0"));
    add("1.1", new NumberedBlock1_0(layers(), "1", "1"));
    add("1.2", new NumberedBlock1_0(layers(), "1", "2"));
    add("1.3", new NumberedBlock1_0(layers(), "1", "3"));
    add("1.4", new NumberedBlock1_0(layers(), "1", "4"));
    add("1.5", new NumberedBlock1_0(layers(), "1", "5"));
    add("1.6", new NumberedBlock1_0(layers(), "1", "6"));
    add("1.7", new NumberedBlock1_0(layers(), "1", "7"));
    add("1.8", new NumberedBlock1_0(layers(), "1", "8"));
    add("1.9", new NumberedBlock1_0(layers(), "1", "9"));
    add("1.10", new NumberedBlock1_0(layers(), "1", "10"));
    add("1.11", new NumberedBlock1_0(layers(), "1", "11"));
    add("1.12", new NumberedBlock1_0(layers(), "1", "12"));
    add("1.13", new NumberedBlock1_0(layers(), "1", "13"));
    add("1.14", new NumberedBlock1_0(layers(), "1", "14"));
    add("1.15", new NumberedBlock1_0(layers(), "1", "15"));
    add("1.16", new NumberedBlock1_0(layers(), "1", "16"));
    add("1.17", new NumberedBlock1_0(layers(), "1", "17"));
    add("1.18", new NumberedBlock1_0(layers(), "1", "18"));
    add("1.19", new NumberedBlock1_0(layers(), "1", "19"));
    add("1.20", new NumberedBlock1_0(layers(), "1", "20"));
    add("1.21", new NumberedBlock1_0(layers(), "1", "21"));
    add("1.22", new NumberedBlock1_0(layers(), "1", "22"));
    add("1.23", new NumberedBlock1_0(layers(), "1", "23"));
    add("1.24", new NumberedBlock1_0(layers(), "1", "24"));
    add("1.25", new NumberedBlock1_0(layers(), "1", "25"));
    add("1.26", new NumberedBlock1_0(layers(), "1", "26"));
    add("2.0", new NumberedBlock2_0(layers(), "2", "0"));
    add("2.1", new NumberedBlock2_1(layers(), "2", "1"));
    if (hasTop()) {
      add("head", new NumberedHead(layers(), featureShape(), classes()));
    }
    initialize();
  }
}
