package dev.lanewise.exchange;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** The workers of a group that forms, and the connections to them. */
final class Roster {
  private final int rank;
  private final List<String> names = new ArrayList<>();

  /** By rank: on their way to those below this worker's, or joined. */
  private final Handshake[] members;

  Roster(int rank, List<InetSocketAddress> addresses) {
    this.rank = rank;
    this.members = new Handshake[addresses.size()];
    for (int i = 0; i < members.length; i++) {
      names.add("worker " + i + " (" + Joining.text(addresses.get(i)) + ")");
    }
  }

  int size() {
    return members.length;
  }

  List<String> names() {
    return names;
  }

  String name(int member) {
    return names.get(member);
  }

  /** Who is at the other side of a connection, in words. */
  String name(Handshake handshake) {
    int member = memberOf(handshake);
    return member >= 0 ? names.get(member) : "the worker at " + handshake.remote();
  }

  /** Which worker a connection is to; -1 where that is not known. */
  int memberOf(Handshake handshake) {
    for (int i = 0; i < members.length; i++) {
      if (members[i] == handshake) {
        return i;
      }
    }
    return -1;
  }

  /** The connection to a worker; null for none. */
  Handshake get(int member) {
    return members[member];
  }

  void set(int member, Handshake handshake) {
    members[member] = handshake;
  }

  /** All connections to workers that are known. */
  List<Handshake> connections() {
    List<Handshake> all = new ArrayList<>();
    for (Handshake member : members) {
      if (member != null) {
        all.add(member);
      }
    }
    return all;
  }

  boolean allHaveJoined() {
    List<Handshake> all = connections();
    return all.size() == members.length - 1 && all.stream().allMatch(Handshake::isJoined);
  }

  boolean allAreReady() {
    return connections().stream().allMatch(Handshake::isReady);
  }

  /** By rank; null at this worker's. */
  SocketChannel[] channels() {
    SocketChannel[] channels = new SocketChannel[members.length];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = i == rank ? null : members[i].channel();
    }
    return channels;
  }

  /** Who is missing, or waits for others itself, in words. */
  List<String> missing(Absences absences) {
    List<String> missing = new ArrayList<>();
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < members.length; i++) {
      if (i == rank) {
        continue;
      }
      if (members[i] == null || !members[i].isJoined()) {
        missing.add(names.get(i) + (i > rank ? " did not connect" : absences.unreached(i)));
      } else if (!members[i].isReady()) {
        waiting.add(names.get(i) + " waits for others itself");
      }
    }
    return missing.isEmpty() ? waiting : missing;
  }
}
