package dev.neonstack.emulator;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.List;
import java.util.Optional;

/** Which timelines exist; archived and offloaded ones included, deleted ones not. */
public interface TimelineLookup {
  Optional<TimelineMeta> find(TenantId tenant, TimelineId timeline);

  List<TimelineMeta> childrenOf(TenantId tenant, TimelineId timeline);
}
