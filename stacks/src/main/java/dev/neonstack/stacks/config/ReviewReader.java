package dev.neonstack.stacks.config;

import dev.neonstack.review.cost.Usage;
import dev.neonstack.review.policy.Exemption;
import dev.neonstack.review.policy.Profile;
import dev.neonstack.stacks.config.StackConfig.Reviewed;
import dev.neonstack.stacks.config.neon.NeonConfig;
import dev.neonstack.stacks.config.reading.Problems;
import dev.neonstack.stacks.config.reading.Section;
import dev.neonstack.stacks.config.reading.Sections;
import dev.neonstack.stacks.config.reading.Settings;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what a stack is judged by, and how much of it is used. */
final class ReviewReader {
  static final List<String> KEYS = List.of("policy", "usage");

  private static final List<String> POLICY = List.of("tags", "publicPorts", "exemptions");
  private static final List<String> EXEMPTION = List.of("rule", "resource", "reason");
  private static final List<String> USAGE = List.of("s3TiB");
  private static final String TEBIBYTES = "tebibytes, 0 or more";

  private final Sections sections;
  private final LocalDate today;

  ReviewReader(Settings settings, Problems problems, Clock clock) {
    this.sections = new Sections(settings, problems);
    this.today = LocalDate.now(clock);
  }

  Reviewed read(NeonConfig neon) {
    return new Reviewed(profile(neon), usage());
  }

  private Profile profile(NeonConfig neon) {
    var section = sections.section("policy", POLICY);
    return new Profile(
        neon.namespace().protectedData(),
        neon.namespace().name(),
        section.has("tags") ? section.textList("tags") : Profile.DEFAULT_TAGS,
        section.has("publicPorts")
            ? Set.copyOf(section.numberList("publicPorts"))
            : Profile.DEFAULT_PORTS,
        exemptions(section),
        today);
  }

  private static List<Exemption> exemptions(Section policy) {
    var exemptions = new ArrayList<Exemption>();
    for (var section : policy.sections("exemptions", EXEMPTION)) {
      section
          .checked(
              () ->
                  new Exemption(
                      section.required("rule", "the id of a rule", ""),
                      section.required("resource", "the name of a resource", ""),
                      section.required("reason", "why it may", "")))
          .ifPresent(exemptions::add);
    }
    return exemptions;
  }

  private Usage usage() {
    var section = sections.section("usage", USAGE);
    var assumed = Usage.assumed(today);
    var tebibytes = section.number("s3TiB", TEBIBYTES);
    if (tebibytes.filter(amount -> amount < 0).isPresent()) {
      section
          .problems()
          .wrong(section.path("s3TiB"), tebibytes.get(), TEBIBYTES, "Write a number.");
      return assumed;
    }
    return tebibytes.map(amount -> assumed.withS3Tib(BigDecimal.valueOf(amount))).orElse(assumed);
  }
}
