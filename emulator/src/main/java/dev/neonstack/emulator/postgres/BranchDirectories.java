package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of timelines lie: {@code tenants/TENANT/TIMELINE}. */
record BranchDirectories(Path root) {
  Path tenant(TenantId tenant) {
    return root.resolve(tenant.value());
  }

  BranchDirectory of(TenantId tenant, TimelineId timeline) {
    return new BranchDirectory(tenant(tenant).resolve(timeline.value()));
  }

  /** Removes what an earlier process left half-made or half-deleted. */
  void removeLeftovers() throws IOException {
    Files.createDirectories(root);
    for (var tenant : Trees.list(root)) {
      if (removedAsLeftover(tenant)) {
        continue;
      }
      for (var timeline : Trees.list(tenant)) {
        if (!removedAsLeftover(timeline)) {
          for (var part : Trees.list(timeline)) {
            removedAsLeftover(part);
          }
          for (var base : Trees.list(timeline.resolve("bases"))) {
            removedAsLeftover(base);
          }
        }
      }
    }
  }

  private static boolean removedAsLeftover(Path path) throws IOException {
    if (Trees.isTemporary(path)) {
      Trees.delete(path);
      return true;
    }
    return false;
  }
}
