package dev.lanewise.exchange;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Arrays;

/** What the workers gave to gatherings, of which others may be one ahead. */
final class Gathering implements Awaited {
  /** A gathering that the worker called for, and that of a plan. */
  static final int CALLED = 0;

  static final int PLAN = 1;

  private final Contribution[] contributions;
  private final int own;
  private int purpose;
  private int round;

  Gathering(int rank, int workers) {
    own = rank;
    contributions = new Contribution[workers];
    for (int i = 0; i < workers; i++) {
      contributions[i] = new Contribution();
    }
  }

  /** What one worker gave: written by its link's thread. */
  private static final class Contribution {
    private byte[] coming;
    private int position;
    private int rounds;
    private final ArrayDeque<byte[]> complete = new ArrayDeque<>();

    synchronized boolean isThere() {
      return !complete.isEmpty();
    }

    synchronized byte[] take() {
      return complete.remove();
    }

    synchronized void add() {
      complete.add(coming);
    }
  }

  /** Begins the next gathering and returns its number. */
  int begin(int kind) {
    purpose = kind;
    return ++round;
  }

  /** Takes a frame; returns whether a worker's bytes are complete now. */
  boolean receive(Link from, FrameHeader header, MemorySegment body, long at) {
    Contribution its = contributions[from.rank()];
    if (its.coming == null) {
      if (header.offset != 0
          || header.round != its.rounds + 1
          || header.part < 0
          || header.part > WorkerGroup.MOST_GATHERED_BYTES) {
        throw from.misfit(header);
      }
      // In front of the bytes: what they are for.
      its.coming = new byte[header.part + 1];
      its.coming[0] = (byte) header.id;
      its.position = 0;
      its.rounds++;
    }
    if (header.round != its.rounds
        || header.offset != its.position
        || header.part != its.coming.length - 1
        || header.id != its.coming[0]
        || header.length > header.part - its.position
        || (header.length == 0 && header.part > 0)) {
      throw from.misfit(header);
    }
    MemorySegment.copy(
        body, ValueLayout.JAVA_BYTE, at, its.coming, 1 + its.position, header.length);
    its.position += header.length;
    if (its.position < header.part) {
      return false;
    }
    its.add();
    its.coming = null;
    return true;
  }

  @Override
  public boolean isDone() {
    for (int i = 0; i < contributions.length; i++) {
      if (i != own && !contributions[i].isThere()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean needs(int worker) {
    return !contributions[worker].isThere();
  }

  @Override
  public String missing(int worker) {
    return needs(worker) ? what() : null;
  }

  @Override
  public String what() {
    return purpose == PLAN ? "the plan of a sum" : "gathering " + round;
  }

  /** Takes what all gave; {@code names} tells them apart where one is at something else. */
  byte[][] take(byte[] ownBytes, Link[] names) {
    byte[][] all = new byte[contributions.length][];
    for (int i = 0; i < all.length; i++) {
      if (i == own) {
        all[i] = ownBytes;
      } else {
        byte[] bytes = contributions[i].take();
        if (bytes[0] != purpose) {
          throw new ExchangeException(
              names[i].name()
                  + (purpose == PLAN
                      ? " gathers while this worker plans a sum"
                      : " plans a sum while this worker gathers")
                  + "; all workers must make the same calls");
        }
        all[i] = Arrays.copyOfRange(bytes, 1, bytes.length);
      }
    }
    return all;
  }
}
