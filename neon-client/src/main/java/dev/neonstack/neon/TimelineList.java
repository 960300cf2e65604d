package dev.neonstack.neon;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All branches of a project, the offloaded ones included. */
public record TimelineList(List<TimelineInfo> timelines, List<OffloadedTimeline> offloaded) {

  /** Copies the lists. */
  public TimelineList {
    timelines = List.copyOf(timelines);
    offloaded = List.copyOf(offloaded);
  }

  /** Whether the branch exists in any form. */
  public boolean contains(TimelineId id) {
    return ids().anyMatch(id::equals);
  }

  /** The children of a branch, archived and offloaded ones included. */
  public List<TimelineId> childrenOf(TimelineId parent) {
    var asked = Optional.of(parent);
    return Stream.concat(
            timelines.stream()
                .filter(child -> child.ancestorTimelineId().equals(asked))
                .map(TimelineInfo::timelineId),
            offloaded.stream()
                .filter(child -> child.ancestorTimelineId().equals(asked))
                .map(OffloadedTimeline::timelineId))
        .toList();
  }

  private Stream<TimelineId> ids() {
    return Stream.concat(
        timelines.stream().map(TimelineInfo::timelineId),
        offloaded.stream().map(OffloadedTimeline::timelineId));
  }
}
