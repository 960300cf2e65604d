package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.ControlPlaneConfig;
import dev.neonstack.controlplane.internal.InternalServer;
import dev.neonstack.controlplane.rest.Listen;
import dev.neonstack.controlplane.sql.PostgresUrl;
import dev.neonstack.neon.auth.PublicPem;
import dev.neonstack.neon.http.Endpoints;
import dev.neonstack.neon.http.HttpClients;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.web.Hosts;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the settings, and gathers all that is wrong with them. */
final class SettingsReader {
  private static final Pattern INTERVAL = Pattern.compile("([1-9]\\d{0,5})([smh])");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final int HIGHEST_PORT = 65_535;

  /** It starts endpoints, of which a server without computes has none. */
  private static final int START_PARALLELISM = 1;

  private static final Set<Setting> SECRETS =
      Set.of(
          Setting.STORAGE_TOKEN_FILE,
          Setting.SAFEKEEPER_TOKEN_FILE,
          Setting.API_KEY_FILE,
          Setting.CATALOG_URL_FILE);

  private final Function<Setting, Optional<String>> given;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Function<Setting, Optional<String>> given) {
    this.given = given;
  }

  /**
   * The settings, of which those that are not given have their defaults.
   *
   * @throws InvalidSettingsException naming everything that is wrong
   */
  static ServerSettings read(Function<Setting, Optional<String>> given) {
    return new SettingsReader(given).read();
  }

  private ServerSettings read() {
    var url = required(Setting.STORAGE_URL, SettingsReader::url);
    var dialect = required(Setting.STORAGE_DIALECT, SettingsReader::dialect);
    var tokenFile = value(Setting.STORAGE_TOKEN_FILE, SettingsReader::tokenFile);
    var caFile = value(Setting.STORAGE_CA_FILE, SettingsReader::caFile);
    var apiKey = required(Setting.API_KEY_FILE, SettingsReader::apiKey);
    var address = required(Setting.API_ADDRESS, SettingsReader::address);
    var port = required(Setting.API_PORT, SettingsReader::port);
    var internalAddress = required(Setting.INTERNAL_ADDRESS, SettingsReader::address);
    var internalPort = required(Setting.INTERNAL_PORT, SettingsReader::port);
    var hookKey = value(Setting.HOOK_KEY_FILE, SettingsReader::publicKeyFile);
    var proxyKey = value(Setting.PROXY_KEY_FILE, SettingsReader::publicKeyFile);
    var safekeepers = value(Setting.SAFEKEEPERS, SettingsReader::urls);
    var safekeeperToken = value(Setting.SAFEKEEPER_TOKEN_FILE, SettingsReader::tokenFile);
    var hosts = value(Setting.ALLOWED_HOSTS, SettingsReader::hosts);
    var catalogUrl = value(Setting.CATALOG_URL_FILE, SettingsReader::catalogUrlFile);
    var catalogFolder = required(Setting.CATALOG_FOLDER, SettingsReader::catalogFolder);
    var sweep = required(Setting.SWEEP_INTERVAL, SettingsReader::interval);
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    var listen = new Listen(address.orElseThrow(), port.orElseThrow(), hosts.orElse(Hosts.ANY));
    return new ServerSettings(
        new StorageAccess.Place(url.orElseThrow(), dialect.orElseThrow(), tokenFile, caFile),
        new CatalogPlace(catalogFolder.orElseThrow(), catalogUrl),
        new ControlPlaneConfig(
            listen, apiKey.orElseThrow(), 0, sweep.orElseThrow(), START_PARALLELISM),
        new InternalServer.Settings(
            new Listen(internalAddress.orElseThrow(), internalPort.orElseThrow(), Hosts.ANY),
            hookKey,
            proxyKey),
        new ServerSettings.Safekeepers(safekeepers.orElse(List.of()), safekeeperToken));
  }

  private <T> Optional<T> required(Setting setting, Function<String, T> parser) {
    if (text(setting).isEmpty()) {
      problems.add("%s is missing; expected %s".formatted(setting, setting.expected()));
    }
    return value(setting, parser);
  }

  private <T> Optional<T> value(Setting setting, Function<String, T> parser) {
    var text = text(setting);
    try {
      return text.map(parser);
    } catch (IllegalArgumentException e) {
      var reason = e instanceof Unfit ? ": " + e.getMessage() : "";
      problems.add(
          "%s is %s%s; expected %s"
              .formatted(setting, shown(setting, text.orElseThrow()), reason, setting.expected()));
      return Optional.empty();
    }
  }

  private Optional<String> text(Setting setting) {
    return given.apply(setting).or(setting::usual);
  }

  /** Somebody may have given a secret itself in place of its file, or inside an address. */
  private static String shown(Setting setting, String text) {
    var doubtful = (SECRETS.contains(setting) && !isInAFolder(text)) || text.contains("@");
    return doubtful ? "not shown here, as it may hold a secret" : "'" + text + "'";
  }

  /** No key begins with the name of a folder that is there. */
  private static boolean isInAFolder(String text) {
    try {
      var folder = Path.of(text).getParent();
      return text.startsWith("/")
          && folder != null
          && folder.getParent() != null
          && Files.isDirectory(folder);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static URI url(String text) {
    return Endpoints.base("storage", URI.create(text));
  }

  private static List<URI> urls(String text) {
    return Stream.of(text.split(",", -1))
        .map(String::strip)
        .map(one -> Endpoints.base("a safekeeper", URI.create(one)))
        .toList();
  }

  private static Dialect dialect(String text) {
    return Arrays.stream(Dialect.values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  private static Path tokenFile(String text) {
    secret(text);
    return Path.of(text);
  }

  private static String apiKey(String text) {
    var key = secret(text);
    if (key.length() < ControlPlaneConfig.SHORTEST_KEY) {
      throw new Unfit("it holds %d characters".formatted(key.length()));
    }
    return key;
  }

  private static String secret(String file) {
    try {
      return SecretFile.read(Path.of(file));
    } catch (IllegalArgumentException e) {
      throw new Unfit(e.getMessage());
    }
  }

  private static Path caFile(String text) {
    var file = Path.of(text);
    if (!Files.isReadable(file)) {
      throw new Unfit("it cannot be read");
    }
    try {
      var unused = HttpClients.create(Duration.ofSeconds(1), Optional.of(file));
      return file;
    } catch (IllegalArgumentException e) {
      throw new Unfit("it holds no certificate", e);
    }
  }

  private static Path publicKeyFile(String text) {
    var file = Path.of(text);
    try {
      var unused = PublicPem.parse(SecretFile.content(file));
      return file;
    } catch (IllegalArgumentException e) {
      throw new Unfit(e.getMessage(), e);
    }
  }

  private static Path catalogUrlFile(String text) {
    var file = Path.of(text);
    try {
      var unused = PostgresUrl.parse(SecretFile.content(file));
      return file;
    } catch (IllegalArgumentException e) {
      throw new Unfit(e.getMessage(), e);
    }
  }

  private static Path catalogFolder(String text) {
    var folder = Path.of(text);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new Unfit("that is a file");
    }
    return folder;
  }

  private static String address(String text) {
    try {
      var unused = InetAddress.getByName(text);
      return text;
    } catch (UnknownHostException e) {
      throw new Unfit("nobody knows it", e);
    }
  }

  private static Hosts hosts(String text) {
    try {
      return Hosts.named(List.of(text.split(",", -1)));
    } catch (IllegalArgumentException e) {
      throw new Unfit(e.getMessage(), e);
    }
  }

  private static int port(String text) {
    if (!PORT.matcher(text).matches() || Integer.parseInt(text) > HIGHEST_PORT) {
      throw new IllegalArgumentException();
    }
    return Integer.parseInt(text);
  }

  private static Duration interval(String text) {
    var match = INTERVAL.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException();
    }
    var count = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  /** A value that cannot be taken, for a reason that its form does not tell. */
  private static final class Unfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
      super(reason);
    }

    Unfit(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
