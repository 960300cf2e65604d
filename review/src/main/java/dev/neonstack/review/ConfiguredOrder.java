package dev.neonstack.review;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** In which order a configuration names its projects and branches. */
final class ConfiguredOrder {
  private ConfiguredOrder() {}

  static List<String> of(JsonNode config) {
    var names = new ArrayList<String>();
    for (var project : Values.document(config.path("neonstack:projects"))) {
      var name = project.path("name").asText();
      names.add(name);
      for (var branch : project.path("branches")) {
        names.add(name + "/" + branch.path("name").asText());
      }
    }
    return names;
  }
}
