package dev.neonstack.cli;

import static dev.neonstack.cli.NeonInCluster.CONTROLLER;
import static dev.neonstack.cli.NeonInCluster.PAGESERVER;
import static dev.neonstack.cli.NeonInCluster.SAFEKEEPER;

import dev.neonstack.cli.NeonInCluster.Pod;
import dev.neonstack.neon.auth.Scope;
import dev.neonstack.neon.auth.SigningKeyPair;
import dev.neonstack.neon.auth.TokenClaims;
import dev.neonstack.neon.auth.TokenSigner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether storage takes the tokens it should, and no others. */
final class TokenChecks {
  private static final int OK = 200;
  private static final int NO_TOKEN = 401;
  private static final int WRONG_TOKEN = 403;
  private static final Map<String, String> PATHS =
      Map.of(
          CONTROLLER, "/control/v1/node",
          PAGESERVER, "/v1/tenant",
          SAFEKEEPER, "/v1/tenant/timeline");

  /** The entry of the operator's Secret that each server takes. */
  private static final Map<String, String> TAKEN =
      Map.of(CONTROLLER, "admin", PAGESERVER, "pageserver", SAFEKEEPER, "safekeeper");

  private final NeonInCluster neon;

  TokenChecks(NeonInCluster neon) {
    this.neon = neon;
  }

  Stream<Check> all() {
    return Stream.concat(
            Stream.of(new Pod(CONTROLLER, CONTROLLER, null)),
            Stream.of(PAGESERVER, SAFEKEEPER)
                .flatMap(component -> neon.pods(component).stream())
                .filter(pod -> pod.state().isReady()))
        .map(this::check);
  }

  private Check check(Pod pod) {
    var name = "tokens at " + pod.name();
    var wrong = new ArrayList<String>();
    expect(pod, "no token", Optional.empty(), NO_TOKEN, wrong);
    expect(pod, "a token of a key it does not know", Optional.of(forged()), WRONG_TOKEN, wrong);
    for (var entry : List.of("admin", "pageserver", "safekeeper")) {
      var token = neon.secret(ClusterChecks.OPERATOR_SECRET, entry);
      if (token.isEmpty()) {
        return Check.problem(
            name, "Secret " + ClusterChecks.OPERATOR_SECRET + " has no entry '" + entry + "'");
      }
      var taken = TAKEN.get(pod.component()).equals(entry);
      expect(pod, "the operator's token '" + entry + "'", token, taken ? OK : WRONG_TOKEN, wrong);
    }
    return wrong.isEmpty()
        ? Check.ok(name, "its own scope is taken; no token, a forged one and other scopes are not")
        : Check.problem(name, String.join("; ", wrong));
  }

  private void expect(
      Pod pod, String what, Optional<String> token, int wanted, List<String> wrong) {
    var path = PATHS.get(pod.component());
    var got = neon.get(neon.url(pod.component(), pod.name()).resolve(path), token).statusCode();
    if (got != wanted) {
      wrong.add("GET " + path + " with " + what + " gives " + got + ", not " + wanted);
    }
  }

  private static String forged() {
    return TokenSigner.of(SigningKeyPair.draw().privateKey(), Optional.empty())
        .sign(TokenClaims.of(Scope.ADMIN, "forged"));
  }
}
