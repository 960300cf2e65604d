package dev.neonstack.controlplane.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Lines of a checksum and a delta. A line is written only when the one before is durable, so that a
 * crash can spoil the last one only, which was never acknowledged.
 */
final class Journal {
  private static final int CHECKSUM_DIGITS = 8;

  private final ObjectMapper json;

  Journal(ObjectMapper json) {
    this.json = json;
  }

  byte[] line(Delta delta) throws IOException {
    var body = json.writeValueAsString(delta);
    return (checksum(body.getBytes(UTF_8), 0) + " " + body + "\n").getBytes(UTF_8);
  }

  /** The whole lines at the beginning; empty when a line is damaged that is not the last. */
  Optional<List<Delta>> read(byte[] bytes, int from) throws IOException {
    var deltas = new ArrayList<Delta>();
    var spoilt = false;
    var start = from;
    for (var at = from; at < bytes.length; at++) {
      if (bytes[at] != '\n') {
        continue;
      }
      var line = new String(bytes, start, at - start, UTF_8);
      start = at + 1;
      if (!isWhole(line)) {
        spoilt = true;
      } else if (spoilt) {
        return Optional.empty();
      } else {
        deltas.add(json.readValue(line.substring(CHECKSUM_DIGITS + 1), Delta.class));
      }
    }
    return Optional.of(deltas);
  }

  private static boolean isWhole(String line) {
    return line.length() > CHECKSUM_DIGITS + 1
        && checksum(line.getBytes(UTF_8), CHECKSUM_DIGITS + 1)
            .equals(line.substring(0, CHECKSUM_DIGITS));
  }

  private static String checksum(byte[] bytes, int from) {
    var crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
