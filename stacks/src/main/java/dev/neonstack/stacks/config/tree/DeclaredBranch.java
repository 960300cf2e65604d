package dev.neonstack.stacks.config.tree;

import dev.neonstack.components.neon.BranchSpec;

/**
 * A branch and where in the configuration it stands.
 *
 * @param path such as {@code projects[0].branches[2]}
 * @param spec what is declared; its name is empty when the name was wrong
 */
record DeclaredBranch(String path, BranchSpec spec) {
  String name() {
    return spec.name();
  }
}
