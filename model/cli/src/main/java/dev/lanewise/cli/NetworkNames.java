package dev.lanewise.cli;

import dev.lanewise.model.Networks;
import java.util.Iterator;

/** The networks known by name, for help texts. */
final class NetworkNames implements Iterable<String> {
  /** Used by picocli. */
  NetworkNames() {}

  @Override
  public Iterator<String> iterator() {
    return Networks.names().iterator();
  }
}
