package dev.neonstack.components.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.components.aws.Architecture;
import dev.neonstack.components.neon.kube.Placement.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeGroupSpecTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "System", "1st", "a_b", "a-name-longer-than-thirty-letters"})
  void aNameIsShortAndPlain(String name) {
    assertThatThrownBy(() -> Nodes.group(name, Purpose.SYSTEM, 3, 3, 3, "t3.large"))
        .hasMessageStartingWith("name is '%s'; expected up to 30 small letters".formatted(name));
  }

  @Test
  void typesAreListedEachOnce() {
    assertThatThrownBy(() -> Nodes.group("a", Purpose.SYSTEM, 3, 3, 3))
        .hasMessage("instanceTypes of a are []; expected one or more, each once");
    assertThatThrownBy(() -> Nodes.group("a", Purpose.SYSTEM, 3, 3, 3, "t3.large", "t3.large"))
        .hasMessageContaining("each once");
  }

  @Test
  void aGroupIsOfOneArchitecture() {
    assertThatThrownBy(() -> Nodes.group("a", Purpose.SYSTEM, 3, 3, 3, "m7i.large", "m7g.large"))
        .hasMessage(
            "instanceTypes of a are [m7i.large, m7g.large]; expected all of x86_64 or all of arm64"
                + " (Graviton)");
    assertThat(Nodes.group("a", Purpose.SYSTEM, 3, 3, 3, "m7g.large", "m6g.large").architecture())
        .isEqualTo(Architecture.ARM64);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 1", "2, 1, 3", "1, 4, 3", "0, 0, 0"})
  void sizesRise(int min, int desired, int max) {
    assertThatThrownBy(() -> Nodes.group("c", Purpose.COMPUTE, min, desired, max, "m7i.large"))
        .hasMessage(
            "sizes of c are min %d, desired %d, max %d; expected rising ones and a max of 1 or more"
                .formatted(min, desired, max));
  }

  @Test
  void theClusterItselfAlwaysHasANode() {
    assertThatThrownBy(() -> Nodes.group("s", Purpose.SYSTEM, 0, 1, 3, "t3.large"))
        .hasMessageStartingWith("min of s is 0; expected 1 or more");
  }

  @Test
  void storageIsNotAutoscaled() {
    assertThatThrownBy(() -> Nodes.group("s", Purpose.STORAGE, 3, 3, 6, "i4i.large"))
        .hasMessageStartingWith("sizes of s are min 3 and max 6; expected the same");
  }

  @Test
  void localDisksNeedTypesThatHaveThem() {
    assertThatThrownBy(() -> Nodes.withDisks(LocalDisks.RAID0, "i4i.large", "m7i.large"))
        .hasMessage(
            "localDisks of storage is RAID0, which [m7i.large] cannot have; expected types such as"
                + " i4i.4xlarge, or NONE");
    assertThat(Nodes.withDisks(LocalDisks.RAID0, "i3en.3xlarge").localDisks())
        .isEqualTo(LocalDisks.RAID0);
  }

  @Test
  void theInstanceStoreDriverNeedsTypesItKnows() {
    assertThatThrownBy(() -> Nodes.withDisks(LocalDisks.CSI, "i4i.3xlarge", "i3en.3xlarge"))
        .hasMessageContaining("localDisks of storage is CSI, which [i3en.3xlarge] cannot have");
  }

  @ParameterizedTest
  @ValueSource(ints = {19, 16_385})
  void aRootVolumeIsAsLargeAsTheImageAndNoLargerThanAVolume(int size) {
    assertThat(NodeGroupSpec.isRootVolume(size)).isFalse();
    assertThatThrownBy(
            () ->
                new NodeGroupSpec(
                    "a",
                    Purpose.SYSTEM,
                    List.of(InstanceType.parse("t3.large")),
                    1,
                    1,
                    1,
                    size,
                    LocalDisks.NONE))
        .hasMessage("rootVolumeGiB of a is %d; expected 20 to 16384", size);
  }

  @Test
  void groupsHaveDifferentNamesAndOneIsForTheCluster() {
    var system = Nodes.group("a", Purpose.SYSTEM, 1, 1, 1, "t3.large");
    var compute = Nodes.group("b", Purpose.COMPUTE, 0, 0, 1, "t3.large");

    assertThatThrownBy(() -> new NodeGroupsSpec(List.of(system, system), false, Map.of()))
        .hasMessage("two node groups are named 'a'; expected each name once");
    assertThatThrownBy(() -> new NodeGroupsSpec(List.of(compute), false, Map.of()))
        .hasMessageStartingWith("node groups are [b]; expected one with purpose SYSTEM");
  }

  @Test
  void podsArePlacedWhereTheLabelIsAndStandTheTaint() {
    var placement = Purpose.STORAGE.placement();

    assertThat(placement.nodeSelector()).isEqualTo(Map.of("neonstack.dev/node", "storage"));
    assertThat(placement.tolerations())
        .containsExactly(
            new Toleration("neonstack.dev/node", Optional.of("storage"), "NoSchedule"));
    assertThat(Purpose.SYSTEM.placement().nodeSelector())
        .isEqualTo(Map.of("neonstack.dev/node", "system"));
    assertThat(Purpose.SYSTEM.placement().tolerations()).isEmpty();
  }

  @Test
  void presetsAreOfTheSizesTheyPromise() {
    assertThat(sizes(NodePreset.MINIMAL)).containsExactly("system 3..3 [t3.large] NONE");
    assertThat(sizes(NodePreset.STANDARD))
        .containsExactly(
            "system 3..3 [m7i.4xlarge] NONE", "compute 0..6 [m7i.2xlarge, m6i.2xlarge] NONE");
    assertThat(sizes(NodePreset.PRODUCTION))
        .containsExactly(
            "system 3..3 [m7i.xlarge] NONE",
            "storage 3..3 [i4i.4xlarge, i7i.4xlarge] STATIC",
            "compute 0..20 [m7i.2xlarge, m6i.2xlarge, m7a.2xlarge, m6a.2xlarge] NONE");
    assertThat(Stream.of(NodePreset.values()).map(NodePreset::groups))
        .allMatch(groups -> !new NodeGroupsSpec(groups, false, Map.of()).groups().isEmpty());
  }

  private static List<String> sizes(NodePreset preset) {
    return preset.groups().stream()
        .map(
            group ->
                "%s %d..%d %s %s"
                    .formatted(
                        group.name(),
                        group.min(),
                        group.max(),
                        group.instanceTypes(),
                        group.localDisks()))
        .toList();
  }
}
