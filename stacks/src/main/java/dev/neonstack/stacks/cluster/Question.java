package dev.neonstack.stacks.cluster;

import dev.neonstack.kube.Cluster;
import java.util.List;
import java.util.function.Function;

/**
 * Something to ask a cluster.
 *
 * @param right what a user has to be allowed for it, such as {@code list nodes}
 * @param problems asks, and says what is wrong, a sentence each
 */
record Question(String right, Function<Cluster, List<String>> problems) {}
