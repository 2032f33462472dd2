package dev.lanewise.exchange;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a worker tells of itself: all of its hello but the token, as it crosses the wire. */
record Introduction(int rank, Map<String, String> facts) {
  /** The most bytes of one. */
  static final int MOST_BYTES = 1 << 16;

  /** Of a worker: its facts, and those that the exchange itself requires to be equal. */
  static Introduction of(Hello hello, Precision precision) {
    Map<String, String> facts = new TreeMap<>(hello.facts());
    facts.put("number of workers", Integer.toString(hello.workers()));
    facts.put("precision of the exchange", precision.name());
    return new Introduction(hello.rank(), facts);
  }

  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(MOST_BYTES);
    out.putInt(rank).putInt(facts.size());
    facts.forEach(
        (name, value) -> {
          put(out, name);
          put(out, value);
        });
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private static void put(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putInt(bytes.length).put(bytes);
  }

  /** Null where the bytes are none. */
  static Introduction parse(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      int rank = in.getInt();
      int count = in.getInt();
      Map<String, String> facts = new TreeMap<>();
      for (int i = 0; i < count; i++) {
        String name = text(in);
        facts.put(name, text(in));
      }
      return new Introduction(rank, facts);
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * The first fact that differs, in words; null where all are equal.
   *
   * @param other another worker's
   * @param name that worker in words
   */
  String difference(Introduction other, String name) {
    TreeSet<String> names = new TreeSet<>(facts.keySet());
    names.addAll(other.facts.keySet());
    for (String fact : names) {
      String own = facts.get(fact);
      String its = other.facts.get(fact);
      if (!Objects.equals(own, its)) {
        return name
            + " has "
            + value(fact, its)
            + ", this worker "
            + rank
            + " has "
            + value(fact, own)
            + "; all workers require the same";
      }
    }
    return null;
  }

  private static String value(String fact, String value) {
    return value == null ? "no " + fact : fact + " " + value;
  }
}
