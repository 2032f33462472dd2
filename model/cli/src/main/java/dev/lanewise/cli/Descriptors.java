package dev.lanewise.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** The files that the system lets a program have open at the same time, connections included. */
final class Descriptors {
  /** What the program opens later on, such as for threads that wait for connections. */
  private static final long RESERVED = 48;

  private Descriptors() {}

  /** {@return how many files the program may open; empty where the system does not tell} */
  static OptionalLong most() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? OptionalLong.of(unix.getMaxFileDescriptorCount())
        : OptionalLong.empty();
  }

  /** {@return how many connections it may have now; empty where the system does not tell} */
  static OptionalLong forConnections() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? OptionalLong.of(
            unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount() - RESERVED)
        : OptionalLong.empty();
  }
}
