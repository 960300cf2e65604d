package dev.neonstack.controlplane.server;

import java.util.Locale;
import java.util.Optional;

/**
 * What the server can be told: by an option or else by a variable of the environment. Secrets come
 * in files only, as others may see the options and variables of a process.
 */
enum Setting {
  STORAGE_URL(
      "--storage-url", "URL", "", "http://host:port or https://host:port of Neon's storage", ""),
  STORAGE_DIALECT(
      "--storage-dialect",
      "WORD",
      "controller",
      "controller (the storage controller answers there) or pageserver",
      ""),
  STORAGE_TOKEN_FILE(
      "--storage-token-file",
      "FILE",
      "",
      "a file with a token of scope pageserverapi",
      "It is read for every call, so that a new token needs no restart. Without a file no token is"
          + " sent."),
  STORAGE_CA_FILE(
      "--storage-ca-file",
      "FILE",
      "",
      "a file of certificates in PEM",
      "Storage is trusted by these, and no longer by the machine's. It is read for every call."),
  API_KEY_FILE(
      "--api-key-file",
      "FILE",
      "",
      "a file with the key that clients send as a bearer token, 16 characters or more",
      "It is read at the start."),
  API_ADDRESS(
      "--api-address",
      "ADDRESS",
      "0.0.0.0",
      "an address or a name of this machine",
      "It listens there."),
  API_PORT(
      "--api-port", "PORT", "9899", "a port, 0 to 65535 (0 for any free one)", "It listens there."),
  INTERNAL_ADDRESS(
      "--internal-address",
      "ADDRESS",
      "0.0.0.0",
      "an address or a name of this machine",
      "It answers the storage controller's hooks, the proxy and a Prometheus there."),
  INTERNAL_PORT(
      "--internal-port",
      "PORT",
      "8080",
      "a port, 0 to 65535 (0 for any free one)",
      "It answers the storage controller's hooks, the proxy and a Prometheus there."),
  HOOK_KEY_FILE(
      "--hook-key-file",
      "FILE",
      "",
      "a file with the public key, in PEM, of the tokens of the storage controller",
      "It is read for every call. Without a file its hooks are refused."),
  PROXY_KEY_FILE(
      "--proxy-key-file",
      "FILE",
      "",
      "a file with the public key, in PEM, of the token of the proxy",
      "It is read for every call. Without a file the proxy is refused."),
  SAFEKEEPERS(
      "--safekeepers",
      "URLS",
      "",
      "addresses http://host:port of all safekeepers, with commas between",
      "One that has lost its disk gets back from the others what it held. Without any nobody looks."),
  SAFEKEEPER_TOKEN_FILE(
      "--safekeeper-token-file",
      "FILE",
      "",
      "a file with a token of scope safekeeperdata",
      "It is read for every look at them."),
  ALLOWED_HOSTS(
      "--allowed-hosts",
      "NAMES",
      "",
      "names of hosts without ports, with commas between",
      "Requests for other hosts are refused. Without any it answers under every name."),
  CATALOG_URL_FILE(
      "--catalog-url-file",
      "FILE",
      "",
      "a file with postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
      "That database holds what exists, passwords of roles included. Servers may share it: one is at"
          + " work, the others wait. It is read for every connection."),
  CATALOG_FOLDER(
      "--catalog-folder",
      "FOLDER",
      "/data",
      "a folder on a volume that stays",
      "Without a database catalog.db in it holds the same, for one server at a time. A catalog.json"
          + " there, of an earlier version, is taken over into either."),
  SWEEP_INTERVAL(
      "--sweep-interval",
      "TIME",
      "30s",
      "a whole number from 1 with a unit s, m or h",
      "How often to look for branches that have expired.");

  private final String option;
  private final String label;
  private final String usual;
  private final String expected;
  private final String more;

  Setting(String option, String label, String usual, String expected, String more) {
    this.option = option;
    this.label = label;
    this.usual = usual;
    this.expected = expected;
    this.more = more;
  }

  String option() {
    return option;
  }

  /** What stands for the value in the help. */
  String label() {
    return label;
  }

  String variable() {
    return "NEONSTACK_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** What holds when nothing is given. */
  Optional<String> usual() {
    return Optional.of(usual).filter(text -> !text.isEmpty());
  }

  /** What is allowed. */
  String expected() {
    return expected;
  }

  String help() {
    return "%s. %s".formatted(expected, more).strip();
  }

  @Override
  public String toString() {
    return option + " (" + variable() + ")";
  }
}
