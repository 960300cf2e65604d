package dev.neonstack.components.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.components.aws.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InstanceTypeTest {
  @Test
  void itsNameSaysFamilyGenerationOptionsAndSize() {
    assertThat(InstanceType.parse("i4i.4xlarge"))
        .isEqualTo(new InstanceType("i", 4, "i", "4xlarge"))
        .hasToString("i4i.4xlarge");
    assertThat(InstanceType.parse("is4gen.xlarge"))
        .isEqualTo(new InstanceType("is", 4, "gen", "xlarge"));
    assertThat(InstanceType.parse("m7i-flex.large"))
        .isEqualTo(new InstanceType("m", 7, "i-flex", "large"))
        .hasToString("m7i-flex.large");
    assertThat(InstanceType.parse("m7i.metal-24xl").size()).isEqualTo("metal-24xl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "i4i",
        "4xlarge",
        "i4i.huge",
        "I4i.large",
        "i4i.0xlarge",
        "i4i.4xlarge ",
        "i.large"
      })
  void whatIsNoTypeIsRefused(String text) {
    assertThat(InstanceType.isInstanceType(text)).isFalse();
    assertThatThrownBy(() -> InstanceType.parse(text))
        .hasMessage(
            "'%s' is not an instance type; expected family, generation and size such as i4i.4xlarge",
            text);
  }

  @ParameterizedTest
  @CsvSource({
    "t3.large, X86_64",
    "m7i.4xlarge, X86_64",
    "m7a.2xlarge, X86_64",
    "g4dn.xlarge, X86_64",
    "m7g.large, ARM64",
    "t4g.small, ARM64",
    "i8g.4xlarge, ARM64",
    "im4gn.large, ARM64",
    "c8gd.large, ARM64"
  })
  void gravitonIsToldByTheLetterAfterTheGeneration(String text, Architecture architecture) {
    assertThat(InstanceType.parse(text).architecture()).isEqualTo(architecture);
  }

  @ParameterizedTest
  @CsvSource({
    "i4i.4xlarge, true, true",
    "i7ie.3xlarge, true, true",
    "is4gen.large, true, true",
    "m6id.large, true, true",
    "r8gd.large, true, true",
    "i3en.3xlarge, true, false",
    "m5d.large, true, false",
    "m7i.4xlarge, false, false",
    "t3.large, false, false"
  })
  void disksAreToldByFamilyOrByTheLetterD(String text, boolean disks, boolean csi) {
    assertThat(InstanceType.parse(text).hasLocalDisks()).isEqualTo(disks);
    assertThat(InstanceType.parse(text).isKnownToInstanceStoreCsi()).isEqualTo(csi);
  }
}
