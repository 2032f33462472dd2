package dev.lanewise.exchange;

import dev.lanewise.exchange.ShardTree.Node;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Who adds up what of a sum: the same in all workers. */
final class SumLayout {
  /** Pieces begin at multiples of so many values of their bucket. */
  private static final int GRAIN = 16;

  private final ShardTree tree;
  private final List<Bucket> buckets;

  /** By bucket and owner. */
  private final Piece[][] pieces;

  /** The terms of each worker. */
  private final List<List<Node>> nodes;

  private final long values;
  private final int end;

  SumLayout(ShardTree tree, List<Bucket> buckets, int workers) {
    if (tree.shards() % workers != 0) {
      throw new IllegalArgumentException(
          workers
              + " workers require a number of shards that they can share equally, got "
              + tree.shards());
    }
    this.tree = tree;
    this.buckets = List.copyOf(buckets);
    List<IndexRange> ranges =
        buckets.stream()
            .flatMap(bucket -> bucket.ranges().stream())
            .sorted(Comparator.comparingInt(IndexRange::from))
            .toList();
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i).from() < ranges.get(i - 1).to()) {
        throw new IllegalArgumentException(
            "buckets must not overlap, got " + ranges.get(i - 1) + " and " + ranges.get(i));
      }
    }
    this.values = ranges.stream().mapToLong(range -> range.to() - range.from()).sum();
    this.end = ranges.isEmpty() ? 0 : ranges.getLast().to();
    this.pieces = buckets.stream().map(bucket -> cut(bucket, workers)).toArray(Piece[][]::new);
    this.nodes = new ArrayList<>();
    int own = tree.shards() / workers;
    for (int rank = 0; rank < workers; rank++) {
      nodes.add(tree.cover(rank * own, (rank + 1) * own));
    }
  }

  private static Piece[] cut(Bucket bucket, int workers) {
    int length = bucket.ranges().stream().mapToInt(range -> range.to() - range.from()).sum();
    long grains = Math.ceilDiv(length, GRAIN);
    Piece[] cut = new Piece[workers];
    for (int rank = 0; rank < workers; rank++) {
      int first = (int) Math.min(length, grains * rank / workers * GRAIN);
      int last = (int) Math.min(length, grains * (rank + 1) / workers * GRAIN);
      cut[rank] = Piece.of(bucket, first, last);
    }
    return cut;
  }

  int workers() {
    return nodes.size();
  }

  int buckets() {
    return pieces.length;
  }

  /** The index after the last value. */
  int end() {
    return end;
  }

  Piece piece(int bucket, int owner) {
    return pieces[bucket][owner];
  }

  /** The buckets of which a worker adds up something. */
  int[] owned(int owner) {
    return IntStream.range(0, pieces.length).filter(b -> pieces[b][owner].length() > 0).toArray();
  }

  /** How many terms a worker has. */
  int terms(int rank) {
    return nodes.get(rank).size();
  }

  /** Which worker each of all terms is of, in the order of the tree. */
  int[] workerOfTerm() {
    return IntStream.range(0, workers())
        .flatMap(rank -> IntStream.generate(() -> rank).limit(terms(rank)))
        .toArray();
  }

  /** How often the last two sums are added after each of all terms. */
  int[] merges() {
    return nodes.stream().flatMap(List::stream).mapToInt(node -> tree.merges(node, 0)).toArray();
  }

  /** What must be equal in all workers; {@link #describe} reads its beginning. */
  byte[] fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer pair = ByteBuffer.allocate(2 * Integer.BYTES);
      for (Bucket bucket : buckets) {
        digest.update(pair.clear().putInt(-1).putInt(bucket.ranges().size()).array());
        for (IndexRange range : bucket.ranges()) {
          digest.update(pair.clear().putInt(range.from()).putInt(range.to()).array());
        }
      }
      byte[] hash = digest.digest();
      return ByteBuffer.allocate(16 + hash.length)
          .putInt(tree.shards())
          .putInt(buckets.size())
          .putLong(values)
          .put(hash)
          .array();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The plan in words. */
  static String describe(byte[] fingerprint) {
    ByteBuffer in = ByteBuffer.wrap(fingerprint);
    return "a sum over "
        + in.getInt()
        + " shards of "
        + in.getInt()
        + " buckets with "
        + in.getLong()
        + " values";
  }
}
