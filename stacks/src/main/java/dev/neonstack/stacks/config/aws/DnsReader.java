package dev.neonstack.stacks.config.aws;

import dev.neonstack.components.aws.services.CertificateSource;
import dev.neonstack.components.aws.services.HostedZone;
import dev.neonstack.stacks.config.aws.AwsConfig.Dns;
import dev.neonstack.stacks.config.reading.Sections;
import dev.neonstack.stacks.config.reading.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the zone of Route 53 that has the proxy's name. */
final class DnsReader {
  private static final List<String> KEYS = List.of("zoneId", "domain", "certificate", "email");

  private final Sections sections;

  DnsReader(Sections sections) {
    this.sections = sections;
  }

  Optional<Dns> read() {
    if (!sections.has("dns")) {
      return Optional.empty();
    }
    var section = sections.section("dns", KEYS);
    var id = section.required("zoneId", "the id of a hosted zone", "");
    var domain = section.required("domain", "a domain in the zone, such as db.example.com", "");
    var certificate =
        Words.choice(
            section.problems(),
            section.path("certificate"),
            section.text("certificate"),
            CertificateSource.SECRET,
            Arrays.asList(CertificateSource.values()));
    if (id.isEmpty() || domain.isEmpty()) {
      return Optional.empty();
    }
    return section
        .checked(() -> new HostedZone(id, domain))
        .map(zone -> new Dns(zone, certificate, section.text("email")));
  }
}
