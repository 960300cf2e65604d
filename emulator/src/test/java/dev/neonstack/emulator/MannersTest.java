package dev.neonstack.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is worded as a pageserver words its own. */
class MannersTest extends OnOneProject {
  private String path(String text) {
    return text.replace("TENANT", "/v1/tenant/" + tenant)
        .replace("MAIN", "/v1/tenant/" + tenant + "/timeline/" + main);
  }

  private static void assertRefused(EmulatorHarness.Reply reply, int status) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.message()).isNotEmpty().doesNotContain("Exception", "java", "overflow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "POST | TENANT/timeline | {'new_timeline_id':'0123456789abcdef0123456789abcdef','pg_version':9223372036854775808}",
        "POST | TENANT/timeline | {'new_timeline_id':'0123456789abcdef0123456789abcdef','pg_version':4294967313}",
        "PUT | TENANT/location_config | {'mode':'AttachedSingle','generation':18446744073709551617,'tenant_conf':{}}",
        "PUT | TENANT/location_config | {'mode':'AttachedSingle','generation':1,'shard_count':4294967296,'tenant_conf':{}}",
        "POST | TENANT/wait_lsn | {'timeout':{'secs':9223372036854775808,'nanos':0}}",
        "POST | TENANT/wait_lsn | {'timeout':{'secs':9223372036854775807,'nanos':0}}",
        "PUT | MAIN/do_gc | {'gc_horizon':18446744073709551616}",
        "GET | MAIN/get_lsn_by_timestamp?timestamp=0000-00-00T00:00:00Z |"
      })
  void noNumberWraps(String method, String path, String body) {
    var reply =
        body == null
            ? emulator.call(method, path(path))
            : emulator.call(method, path(path), body.replace('\'', '"'));

    assertRefused(reply, 400);
  }

  @Test
  void deepAndLargeAndLongRequestsAreRefused() {
    var create = "/v1/tenant/" + tenant + "/timeline";
    var deep = "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    assertRefused(emulator.call("POST", create, deep), 400);
    assertRefused(emulator.call("POST", create, "{\"a\":\"" + "x".repeat(2_000_000) + "\"}"), 413);
    assertRefused(emulator.call("GET", "/v1/tenant/" + "0".repeat(20_000)), 414);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: evil.example", "Host: localhost\r\nContent-Type: text/plain"})
  void pagesOfOtherSitesAreRefused(String headers) throws IOException {
    var url = URI.create(emulator.url());
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
      var request =
          "POST /v1/tenant/%s/timeline HTTP/1.1\r\n%s\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
              .formatted(tenant, headers);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).containsPattern("^HTTP/1.1 (403|415)").contains("{\"msg\":\"");
    }
  }
}
