package dev.neonstack.controlplane.catalog;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;

/** Names a branch of the installation: a timeline id alone is unique only within its tenant. */
public record BranchKey(TenantId project, TimelineId branch) {}
