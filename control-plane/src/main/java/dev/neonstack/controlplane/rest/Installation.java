package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.catalog.EndpointShape;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.stream.Stream;

/** Who asks, and where that is: an installation has one region and one user, the key's holder. */
final class Installation {
  /** The one region. */
  static final String REGION = "local";

  /** What stands where Neon names its own parts. */
  static final String NAME = "neonstack";

  /** The one user. */
  static final String USER_ID = "00000000-0000-4000-8000-000000000001";

  private static final String EMAIL = NAME + "@localhost.localdomain";

  private Installation() {}

  static void add(RoutesConfig routes) {
    routes.get("/api/v2/users/me", Installation::user);
    routes.get("/api/v2/users/me/organizations", Installation::organizations);
    routes.get("/api/v2/regions", Installation::regions);
    routes.get("/api/v2/auth", Installation::auth);
  }

  private static void user(Context context) {
    var json = Views.object();
    json.put("id", USER_ID);
    json.put("login", NAME);
    json.put("email", EMAIL);
    json.put("name", NAME);
    json.put("last_name", "");
    json.put("image", "");
    json.put("plan", "self_hosted");
    json.putArray("auth_accounts");
    json.put("active_seconds_limit", 0);
    json.put("projects_limit", Integer.MAX_VALUE);
    json.put("branches_limit", Integer.MAX_VALUE);
    json.put("max_autoscaling_limit", EndpointShape.LARGEST_CU);
    json.set("billing_account", nobodyPays());
    new Request(context).ok(json);
  }

  /** There are clients that do without no account. */
  private static ObjectNode nobodyPays() {
    var json = Views.object();
    json.put("state", "UNKNOWN");
    json.putObject("payment_source").put("type", "");
    json.put("subscription_type", "UNKNOWN");
    json.put("payment_method", "none");
    json.put("quota_reset_at_last", Instant.EPOCH.toString());
    json.put("name", NAME);
    json.put("email", EMAIL);
    Stream.of("city", "country", "line1", "line2", "postal_code", "state")
        .forEach(part -> json.put("address_" + part, ""));
    return json;
  }

  private static void organizations(Context context) {
    var json = Views.object();
    json.putArray("organizations");
    new Request(context).ok(json);
  }

  private static void regions(Context context) {
    var json = Views.object();
    json.putArray("regions")
        .addObject()
        .put("region_id", REGION)
        .put("name", "this installation")
        .put("default", true)
        .put("geo_lat", "")
        .put("geo_long", "");
    new Request(context).ok(json);
  }

  private static void auth(Context context) {
    var json = Views.object().put("account_id", USER_ID).put("auth_method", "api_key_user");
    new Request(context).ok(json);
  }
}
