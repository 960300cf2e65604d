package dev.neonstack.neon;

import java.util.List;

/**
 * Where the pages of a project are served.
 *
 * @param shardCount how many shards it is cut into; 0 where it is not cut
 * @param stripeSize pages in a row that are on one shard; it means nothing where it is not cut
 * @param shards in the order of their numbers; one where it is not cut
 */
public record Placement(int shardCount, long stripeSize, List<Shard> shards) {

  /** Checks that every shard is there. */
  public Placement {
    shards = List.copyOf(shards);
    if (shards.size() != Math.max(1, shardCount)) {
      throw new IllegalArgumentException(
          "a project of " + shardCount + " shards is placed as " + shards.size());
    }
  }

  /** A project that is not cut, at one pageserver whose number nobody told. */
  public static Placement at(String host, int port) {
    return new Placement(0, 0, List.of(new Shard(1, host, port)));
  }

  /**
   * A shard, or a project that is not cut.
   *
   * @param node number of the pageserver
   * @param host where it speaks Postgres' protocol
   * @param port where it speaks Postgres' protocol
   */
  public record Shard(long node, String host, int port) {
    /** {@code host:port}. */
    public String address() {
      return host + ":" + port;
    }
  }
}
