package dev.neonstack.web;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * Who is let in, and with what.
 *
 * @param hosts the names by which the server may be called
 * @param access who may call what; asked before anything of a body is read
 * @param wording how a refusal is written
 * @param limits how much of a body, and for how long
 */
public record Rules(Hosts hosts, Access access, Wording wording, Limits limits) {

  /** Decides by what a request says of itself. */
  public interface Access {
    /** Why the request is not answered; empty when it is. */
    Optional<Refusal> refusal(Request request);
  }

  /** Writes refusals as the server's own answers are written. */
  public interface Wording {
    /** JSON. */
    String json(Refusal refusal);
  }

  /**
   * What a client may keep the server waiting with.
   *
   * @param bodyBytes the largest body
   * @param deadline from the first byte of a body to its last
   * @param unfinished how many bodies one client may be sending at once
   */
  public record Limits(int bodyBytes, Duration deadline, int unfinished) {
    /** Far above what any request of ours needs. */
    public static final Limits USUAL = new Limits(1 << 20, Duration.ofSeconds(20), 64);
  }
}
