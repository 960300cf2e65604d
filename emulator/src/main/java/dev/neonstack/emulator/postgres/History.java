package dev.neonstack.emulator.postgres;

import dev.neonstack.emulator.TimelineLookup;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where the data of a timeline at an LSN comes from: the nearest base at or before it, on the
 * timeline itself or an ancestor, and the WAL from there on.
 */
record History(Base base, WalSource wal) {

  /** One timeline of the chain, which counts up to the limit only. */
  private record Stage(BranchDirectory files, Optional<Template> template, Lsn limit) {

    Optional<Base> base() {
      var own = new ArrayList<>(files.ownBases());
      template.map(Template::base).ifPresent(own::add);
      return own.stream()
          .filter(base -> !base.lsn().isAfter(limit))
          .max(Comparator.comparing(Base::lsn));
    }

    Optional<Path> segment(long number) {
      if (number > WalLayout.segment(limit)) {
        return Optional.empty();
      }
      return files.segment(number).or(() -> template.flatMap(initial -> initial.segment(number)));
    }
  }

  /** Finds histories of timelines. */
  record Finder(BranchDirectories directories, Templates templates, TimelineLookup lookup) {

    History of(TimelineMeta timeline, Lsn lsn) throws IOException {
      var stages = new ArrayList<Stage>();
      var node = timeline;
      var limit = lsn;
      while (true) {
        var stage = stage(node, limit);
        stages.add(stage);
        var base = stage.base();
        if (base.isPresent()) {
          return new History(base.get(), number -> segment(stages, number));
        }
        var child = node;
        limit = limit.isBefore(node.startLsn()) ? limit : node.startLsn();
        node =
            node.ancestor()
                .flatMap(id -> lookup.find(child.tenant(), id))
                .orElseThrow(
                    () ->
                        new IOException(
                            "branch " + child.id() + " has no data and its parent is not there"));
      }
    }

    private Stage stage(TimelineMeta node, Lsn limit) throws IOException {
      var files = directories.of(node.tenant(), node.id());
      var name = files.templateName();
      return new Stage(
          files,
          name.isPresent() ? Optional.of(templates.named(name.get())) : Optional.empty(),
          limit);
    }

    private static Optional<Path> segment(List<Stage> stages, long number) {
      return stages.stream()
          .map(stage -> stage.segment(number))
          .flatMap(Optional::stream)
          .findFirst();
    }
  }
}
