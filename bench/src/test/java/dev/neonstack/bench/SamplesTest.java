package dev.neonstack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(new Samples(List.of(4.0, 1.0, 3.0, 2.0)).median()).isEqualTo(2.5);
    assertThat(new Samples(List.of(9.0, 1.0, 3.0)).median()).isEqualTo(3.0);
  }

  @Test
  void percentilesAreTakenByNearestRank() {
    var samples = new Samples(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());

    assertThat(samples.percentile(95)).isEqualTo(95.0);
    assertThat(samples.percentile(100)).isEqualTo(100.0);
    assertThat(new Samples(List.of(7.0)).percentile(50)).isEqualTo(7.0);
  }
}
