package dev.neonstack.emulator.http;

import dev.neonstack.emulator.meta.ApiError;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One request, with the names that its path gave. */
final class Call {
  private static final Pattern ID = Pattern.compile("[0-9A-Fa-f]{32}");
  private static final Pattern SHARD = Pattern.compile("[0-9A-Fa-f]{32}-[0-9A-Fa-f]{4}");

  private final Context context;
  private final Map<String, String> names;
  private final Pass pass;

  Call(Context context, Map<String, String> names, Pass pass) {
    this.context = context;
    this.names = names;
    this.pass = pass;
  }

  Pass pass() {
    return pass;
  }

  /** The tenant in the path, with which the sender may do what it likes. */
  TenantId tenant() {
    var tenant = namedTenant();
    pass.require(tenant);
    return tenant;
  }

  /** The tenant in the path, whoever asks. */
  TenantId namedTenant() {
    var text = names.get("tenant");
    if (SHARD.matcher(text).matches()) {
      throw ApiError.unsupported("sharded tenants are");
    }
    if (!ID.matcher(text).matches()) {
      throw ApiError.badRequest("failed to parse tenant_shard_id");
    }
    return TenantId.of(text);
  }

  TimelineId timeline() {
    var text = names.get("timeline");
    if (!ID.matcher(text).matches()) {
      throw ApiError.badRequest("failed to parse timeline_id");
    }
    return TimelineId.of(text);
  }

  JsonBody body() {
    return JsonBody.parse(context.bodyAsBytes());
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name));
  }

  String requiredQuery(String name) {
    return query(name)
        .orElseThrow(() -> ApiError.badRequest("no " + name + " specified in query parameters"));
  }

  Lsn lsnQuery(String name) {
    try {
      return Lsn.parse(requiredQuery(name));
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest("cannot parse query param " + name + ": " + e.getMessage());
    }
  }

  boolean flagQuery(String name) {
    var text = query(name).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw ApiError.badRequest(
          "cannot parse query param " + name + ": provided string was not `true` or `false`");
    }
    return text.equals("true");
  }
}
