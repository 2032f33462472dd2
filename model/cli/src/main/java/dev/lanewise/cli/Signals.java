package dev.lanewise.cli;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Takes Ctrl-C and the request to end: the first asks for a clean end, a second ends the program at
 * once. What comes right behind the first is the same one: a terminal sends it to all programs of a
 * pipeline, and a launcher hands on what it got. Through {@code sun.misc.Signal}, by reflection:
 * Java has no other way to go on running after a signal, and javac warns of that one.
 */
final class Signals implements AutoCloseable {
  /** A process that a signal ends exits with this and the signal's number. */
  private static final int BY_SIGNAL = 128;

  /** Within this time after the first a second one is the same. */
  private static final long SAME_NANOS = 1_000_000_000;

  private final Consumer<String> first;
  private final AtomicReference<First> received = new AtomicReference<>();
  private final Object[] before = new Object[Kind.values().length];

  /** The signals that ask for an end. */
  enum Kind {
    INT("Ctrl-C", 2),
    TERM("the request to end", 15);

    private final String text;
    private final int number;

    Kind(String text, int number) {
      this.text = text;
      this.number = number;
    }

    int exitCode() {
      return BY_SIGNAL + number;
    }
  }

  /**
   * What came first.
   *
   * @param nanos when
   */
  private record First(Kind kind, long nanos) {}

  private Signals(Consumer<String> first) {
    this.first = first;
  }

  /**
   * Listens until it is closed.
   *
   * @param first is told, on another thread, by what it was asked to end
   */
  static Signals listen(Consumer<String> first) {
    Signals signals = new Signals(first);
    for (Kind kind : Kind.values()) {
      signals.before[kind.ordinal()] = signals.handle(kind, null);
    }
    return signals;
  }

  /** Returns the signal that came; empty where none did. */
  Optional<Kind> received() {
    return Optional.ofNullable(received.get()).map(First::kind);
  }

  /** Takes a signal. */
  void receive(Kind kind) {
    long now = System.nanoTime();
    if (received.compareAndSet(null, new First(kind, now))) {
      first.accept(kind.text);
    } else if (now - received.get().nanos() > SAME_NANOS) {
      Runtime.getRuntime().halt(kind.exitCode());
    }
  }

  /**
   * Sets what handles a signal.
   *
   * @param old what handled it before; null for this object
   * @return what handled it until now; null where the JVM keeps the signal to itself
   */
  private Object handle(Kind kind, Object old) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object mine =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      receive(kind);
                      yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "signals of lanewise";
                  });
      return signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(kind.name()),
              old == null ? mine : old);
    } catch (ReflectiveOperationException e) {
      // Another JVM, or one that was told not to use signals (-Xrs): they end it as ever.
      return null;
    }
  }

  @Override
  public void close() {
    for (Kind kind : Kind.values()) {
      if (before[kind.ordinal()] != null) {
        handle(kind, before[kind.ordinal()]);
      }
    }
  }
}
