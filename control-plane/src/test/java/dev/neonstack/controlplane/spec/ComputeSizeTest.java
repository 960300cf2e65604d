package dev.neonstack.controlplane.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeSizeTest {

  @ParameterizedTest(name = "{0} thousandths of a CPU, {1} MiB")
  @CsvSource({
    // CPU, memory, connections, buffers, cache, workers
    "250, 1024, 112, 128, 768, 26",
    "1000, 4096, 112, 128, 3072, 26",
    "2000, 8192, 224, 1024, 6144, 28",
    "3500, 6144, 168, 768, 4608, 32",
    "64000, 524288, 4000, 1024, 393216, 152"
  })
  void whatFollowsFromTheSize(
      long cpus, long memory, int connections, long buffers, long cache, int workers) {
    var size = new ComputeSize(cpus, memory << 20);

    assertThat(size.maxConnections()).isEqualTo(connections);
    assertThat(size.sharedBuffersMib()).isEqualTo(buffers);
    assertThat(size.fileCacheMib()).isEqualTo(cache);
    assertThat(size.maxWorkerProcesses()).isEqualTo(workers);
  }

  @ParameterizedTest(name = "{0} MiB")
  @CsvSource({"1024, 90", "8192, 179", "524288, 3200"})
  void thePoolerLeavesAFifthOfTheConnections(long memory, int pool) {
    assertThat(new ComputeSize(1000, memory << 20).poolSize()).isEqualTo(pool);
  }
}
