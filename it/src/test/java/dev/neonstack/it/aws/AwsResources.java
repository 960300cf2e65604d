package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Autonames;
import dev.neonstack.it.standin.Existing;
import dev.neonstack.it.standin.Fixed;
import dev.neonstack.it.standin.Problems;
import dev.neonstack.it.standin.Resources;
import dev.neonstack.it.standin.Subject;
import dev.neonstack.it.standin.Wire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The resources of AWS, by the tables of {@code types.yaml} and {@code formats.yaml}. */
final class AwsResources implements Resources {
  private static final String TAGS = "tags";
  private static final String ALL_TAGS = "tagsAll";

  private final Map<String, AwsType> types = AwsType.all();
  private final Formats formats = new Formats(AwsType.resource("formats.yaml"));
  private final Account account = new Account(types);
  private final Surroundings surroundings = new Surroundings(account);
  private volatile String region = "";
  private volatile JsonNode defaultTags = JsonNodeFactory.instance.objectNode();

  void configure(String chosenRegion, JsonNode tagsOfAll) {
    region = chosenRegion;
    defaultTags = tagsOfAll;
  }

  Account account() {
    return account;
  }

  String region() {
    return region;
  }

  @Override
  public ObjectNode check(Subject subject, ObjectNode olds, ObjectNode news, Problems problems) {
    if (!types.containsKey(subject.type())) {
      problems.add("", "the stand-in knows no " + subject.type() + "; add it to types.yaml");
      return news;
    }
    var type = types.get(subject.type());
    type.named().ifPresent(name -> Autonames.complete(subject, olds, news, name));
    completeTags(type, news);
    for (var required : type.required()) {
      var found = Found.in(news, required);
      if (found.isEmpty() || found.stream().anyMatch(value -> value.isKnown() && value.isEmpty())) {
        problems.add(required, "is missing; " + subject.type() + " needs it");
      }
    }
    type.formats().forEach((path, format) -> checkFormat(news, path, format, problems));
    checkFormat(news, TAGS, TAGS, problems);
    Rules.check(subject.type(), Wire.plain(news), problems);
    return news;
  }

  private void completeTags(AwsType type, ObjectNode news) {
    var tags = Wire.revealed(news.path(TAGS));
    if (type.isTaggable() && (!defaultTags.isEmpty() || !tags.isMissingNode())) {
      var all = (ObjectNode) defaultTags.deepCopy();
      tags.properties().forEach(tag -> all.set(tag.getKey(), tag.getValue()));
      news.set(ALL_TAGS, tags.isTextual() ? tags : all);
    }
  }

  private void checkFormat(ObjectNode news, String path, String format, Problems problems) {
    for (var found : Found.in(news, path)) {
      if (found.isKnown()) {
        formats
            .problem(format, found.value())
            .ifPresent(problem -> problems.add(found.path(), problem));
      }
    }
  }

  /** Two things cannot have one name, so where the program gives it the old one goes first. */
  @Override
  public Fixed fixed(Subject subject, ObjectNode inputs) {
    var type = types.get(subject.type());
    var given = type.named().filter(name -> !Autonames.madeUp(inputs, name));
    return new Fixed(type.replaces(), given.map(List::of).orElse(List.of()));
  }

  @Override
  public ObjectNode foreseen(Subject subject, ObjectNode inputs) {
    var outputs = JsonNodeFactory.instance.objectNode();
    types.get(subject.type()).outputs().keySet().forEach(name -> outputs.put(name, Wire.UNKNOWN));
    return (ObjectNode) Wire.overlay(outputs, Autonames.without(inputs));
  }

  @Override
  public synchronized Existing create(Subject subject, ObjectNode inputs) {
    var type = types.get(subject.type());
    surroundings.admit(subject.type(), type, inputs);
    var seed = UUID.randomUUID().toString();
    var made = made(type, seed, 1, inputs);
    if (account.get(subject.type(), made.id()).isPresent()) {
      throw new IllegalStateException("the account has " + made.id() + " already");
    }
    account.put(new Account.Thing(subject.type(), seed, 1, made));
    return made;
  }

  private Existing made(AwsType type, String seed, int revision, ObjectNode inputs) {
    var templates = new Templates(region, seed, revision, inputs);
    var id = templates.id(type.id());
    var outputs = JsonNodeFactory.instance.objectNode();
    type.outputs().forEach((name, value) -> outputs.set(name, templates.output(name, value)));
    return new Existing(id, inputs, (ObjectNode) Wire.overlay(outputs, Autonames.without(inputs)));
  }

  @Override
  public synchronized ObjectNode update(
      Existing existing, Subject subject, ObjectNode inputs, boolean preview) {
    var type = types.get(subject.type());
    var thing = account.get(subject.type(), existing.id()).orElseThrow();
    var revision = thing.revision() + 1;
    var made = made(type, thing.seed(), revision, inputs);
    if (!preview) {
      surroundings.admit(subject.type(), type, inputs);
      var changed = new Existing(existing.id(), inputs, made.state());
      account.put(new Account.Thing(subject.type(), thing.seed(), revision, changed));
    }
    return made.state();
  }

  @Override
  public Optional<Existing> read(Subject subject, String id) {
    return account.get(subject.type(), id).map(Account.Thing::existing);
  }

  @Override
  public synchronized void delete(Subject subject, String id) {
    account.get(subject.type(), id).ifPresent(this::delete);
  }

  private void delete(Account.Thing thing) {
    var inputs = thing.inputs();
    if (inputs.path("deletionProtection").asBoolean()) {
      throw new IllegalStateException(thing.id() + " is protected from deletion");
    }
    var forced = inputs.path("forceDestroy").asBoolean() || inputs.path("forceDelete").asBoolean();
    if (account.isFilled(thing) && !forced) {
      throw new IllegalStateException(thing.id() + " is not empty");
    }
    account
        .holder(thing)
        .ifPresent(
            holder -> {
              throw new IllegalStateException(thing + " is in use by " + holder);
            });
    account.remove(thing);
  }
}
