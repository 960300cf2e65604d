package dev.neonstack.controlplane.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The address of a PostgreSQL database as libpq and the Secrets of PostgreSQL operators have it;
 * secret. What it prints leaves the password out.
 */
public final class PostgresUrl {
  private static final Pattern FORM =
      Pattern.compile("postgres(?:ql)?://([^:@/]+)(?::([^@/]*))?@([^@/?]+)/([^/?]+)(?:\\?(.*))?");

  /** What may stand behind the question mark, and what the driver calls it. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "sslmode", "sslmode",
          "sslrootcert", "sslrootcert",
          "sslcert", "sslcert",
          "sslkey", "sslkey",
          "connect_timeout", "connectTimeout");

  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 10;

  private final String user;
  private final String password;
  private final String hosts;
  private final String name;
  private final Map<String, String> parameters;

  private PostgresUrl(
      String user, String password, String hosts, String name, Map<String, String> parameters) {
    this.user = user;
    this.password = password;
    this.hosts = hosts;
    this.name = name;
    this.parameters = parameters;
  }

  /**
   * Reads {@code postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=…}. Behind the question mark
   * may stand sslmode, sslrootcert, sslcert, sslkey and connect_timeout.
   *
   * @throws IllegalArgumentException when that is another form; the message says what is wrong and
   *     holds nothing of it that may be secret
   */
  public static PostgresUrl parse(String text) {
    var match = FORM.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "it is no postgresql://USER:PASSWORD@HOST:PORT/DATABASE (percent-encode other characters)");
    }
    var parameters = new TreeMap<String, String>();
    for (var pair : pairs(match.group(5))) {
      var at = pair.indexOf('=');
      var key = at < 0 ? pair : pair.substring(0, at);
      if (at < 0 || !PARAMETERS.containsKey(key)) {
        throw new IllegalArgumentException(
            "its parameter '%s' is none of %s".formatted(key, new TreeMap<>(PARAMETERS).keySet()));
      }
      parameters.put(PARAMETERS.get(key), decoded(pair.substring(at + 1)));
    }
    var password = match.group(2) == null ? "" : decoded(match.group(2));
    return new PostgresUrl(
        decoded(match.group(1)), password, match.group(3), decoded(match.group(4)), parameters);
  }

  private static List<String> pairs(String query) {
    return query == null || query.isEmpty() ? List.of() : List.of(query.split("&", -1));
  }

  /** Without taking a plus sign for a space, as forms do. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a percent sign in it stands for no character");
    }
  }

  DataSource source() throws SQLException {
    var source = new PGSimpleDataSource();
    source.setURL("jdbc:postgresql://" + hosts + "/");
    source.setDatabaseName(name);
    source.setUser(user);
    source.setPassword(password);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setTcpKeepAlive(true);
    source.setTargetServerType("primary");
    source.setApplicationName("neonstack control plane");
    for (var parameter : parameters.entrySet()) {
      source.setProperty(parameter.getKey(), parameter.getValue());
    }
    return source;
  }

  @Override
  public String toString() {
    return "postgresql://%s@%s/%s".formatted(user, hosts, name);
  }
}
