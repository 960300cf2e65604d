package dev.neonstack.controlplane.spec;

/**
 * How large a compute is, and what of Postgres follows from it.
 *
 * @param milliCpus thousandths of a CPU
 * @param memoryBytes memory of the whole compute
 */
public record ComputeSize(long milliCpus, long memoryBytes) {
  private static final long MIB = 1 << 20;
  private static final long UNIT_BYTES = 4096 * MIB;
  private static final long LEAST_CPUS = 1000;
  private static final int CONNECTIONS_PER_UNIT = 112;
  private static final int MOST_CONNECTIONS = 4000;
  private static final long LEAST_BUFFERS = 128;
  private static final long MOST_BUFFERS = 1024;

  /** What Neon's own settings leave for background workers at one unit, without those per CPU. */
  private static final int WORKERS = 24;

  /** Checks the size. */
  public ComputeSize {
    if (milliCpus < 1 || memoryBytes < MIB) {
      throw new IllegalArgumentException(
          "a compute has " + milliCpus + " thousandths of a CPU and " + memoryBytes + " bytes");
    }
  }

  /** 112 up to 4 GiB of memory, as many more as there is more memory, 4000 at most. */
  public int maxConnections() {
    var units = Math.max(1.0, (double) memoryBytes / UNIT_BYTES);
    return (int) Math.min(MOST_CONNECTIONS, Math.round(CONNECTIONS_PER_UNIT * units));
  }

  /** Connections that the pooler holds open to Postgres: four fifths of all. */
  public int poolSize() {
    return Math.round(maxConnections() * 0.8f);
  }

  /**
   * 128 MiB up to 4 GiB of memory, then an eighth of it, 1 GiB at most; pages come from a cache.
   */
  public long sharedBuffersMib() {
    return memoryBytes <= UNIT_BYTES
        ? LEAST_BUFFERS
        : Math.max(LEAST_BUFFERS, Math.min(MOST_BUFFERS, memoryBytes / MIB / 8));
  }

  /** Pages that are kept in a local file: three quarters of the memory, which mostly holds it. */
  public long fileCacheMib() {
    return memoryBytes / MIB * 3 / 4;
  }

  /** Background workers: two more for each CPU. */
  public int maxWorkerProcesses() {
    return WORKERS + 2 * (int) ((Math.max(LEAST_CPUS, milliCpus) + LEAST_CPUS - 1) / LEAST_CPUS);
  }
}
