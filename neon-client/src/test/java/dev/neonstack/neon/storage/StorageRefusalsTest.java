package dev.neonstack.neon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineCreate.Branch;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.storage.StorageException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each refusal that real servers were seen to give means to a caller. */
class StorageRefusalsTest {
  private static final TenantId TENANT = TenantId.random();
  private static final TimelineId BRANCH = TimelineId.random();

  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void close() {
    server.close();
  }

  private StorageClient client(Dialect dialect) {
    return new StorageClient(
        new StorageOptions(server.url("http"), dialect, Optional.empty(), Optional.empty()));
  }

  private StorageException create(Dialect dialect) {
    var request = new Branch(BRANCH, TimelineId.random(), Lsn.parse("0/8"));
    return catchThrowableOfType(
        StorageException.class, () -> client(dialect).createTimeline(TENANT, request));
  }

  @ParameterizedTest
  @CsvSource({
    "badRequest, REFUSED, 400",
    "belowCutoff, REFUSED, 406",
    "noAncestor, REFUSED, 500",
    "otherParameters, CONFLICT, 409",
    "noTenant, GONE, 404",
    "noToken, UNAUTHORISED, 401",
    "badToken, UNAUTHORISED, 403",
    "unknownPath, FAILED, 404"
  })
  void aPageserversRefusalOfACreate(String recorded, Kind kind, int status) {
    server.then(recorded);

    var failure = create(Dialect.PAGESERVER);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).hasValue(status);
    assertThat(failure)
        .hasMessageContaining(Recorded.answer(recorded).message())
        .hasMessageContaining(BRANCH.value());
  }

  @ParameterizedTest
  @CsvSource({
    "429, creation of timeline with the given ID is in progress, RETRY",
    "503, Shutting down, RETRY",
    "408, Timeout, RETRY",
    "500, run initdb: no space left on device, FAILED",
    "502, Bad Gateway, UNKNOWN_OUTCOME",
    "504, Gateway Time-out, UNKNOWN_OUTCOME"
  })
  void anotherFailureOfACreate(int status, String message, Kind kind) {
    server.then(new Answer(status, "{\"msg\":\"" + message + "\"}"));

    assertThat(create(Dialect.PAGESERVER).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "controllerAncestorArchived, REFUSED, 406",
    "controllerInitdbFailed, FAILED, 500",
    "controllerNotAttached, RETRY, 503",
    "controllerNodeAway, RETRY, 503",
    "controllerNoQuorum, UNKNOWN_OUTCOME, 500",
    "controllerNoTenant, GONE, 404",
    "controllerBadRequest, REFUSED, 400"
  })
  void theControllersRefusalOfACreate(String recorded, Kind kind, int status) {
    server.then(recorded);

    var failure = create(Dialect.CONTROLLER);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).hasValue(status);
  }

  @ParameterizedTest
  @CsvSource({
    "1 (127.0.0.1) 409 Conflict: 409 Conflict timeline already exists, CONFLICT, 409",
    "1 (127.0.0.1) 429 Too Many Requests: 429 creation is in progress, RETRY, 429",
    "Failed to schedule shard(s): no node, CONFLICT, 409",
    "Cannot call timeline API on non-attached tenant, RETRY, 409"
  })
  void theControllersConflictIsReadByItsText(String text, Kind kind, int status) {
    server.then(new Answer(409, "{\"msg\":\"Conflict: " + text + "\"}"));

    var failure = create(Dialect.CONTROLLER);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).hasValue(status);
  }

  @ParameterizedTest
  @CsvSource({
    "PAGESERVER, deleteWithChildren, REFUSED",
    "PAGESERVER, deleteWithoutTenant, GONE",
    "CONTROLLER, controllerDeleteWithChildren, REFUSED",
    "CONTROLLER, controllerDeleteNodeAway, UNKNOWN_OUTCOME",
    "CONTROLLER, controllerNoTenant, GONE"
  })
  void aRefusalOfADeletion(Dialect dialect, String recorded, Kind kind) {
    server.then(recorded);

    var failure =
        catchThrowableOfType(
            StorageException.class, () -> client(dialect).deleteTimeline(TENANT, BRANCH));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(Recorded.answer(recorded).message());
  }

  @ParameterizedTest
  @CsvSource({"controllerArchiveWithChild, REFUSED", "controllerArchiveMissing, FAILED"})
  void aRefusalToArchive(String recorded, Kind kind) {
    server.then(recorded);

    var failure =
        catchThrowableOfType(
            StorageException.class, () -> client(Dialect.CONTROLLER).archive(TENANT, BRANCH, true));

    assertThat(failure.kind()).isEqualTo(kind);
  }

  @Test
  void aWebPageIsCalledWhatItIsAndQuotedInPart() {
    server.then(new Answer(404, "<html>" + "x".repeat(5000)));

    var failure = create(Dialect.PAGESERVER);

    assertThat(failure.kind()).isEqualTo(Kind.FAILED);
    assertThat(failure).hasMessageContaining("not an answer of Neon's storage API");
    assertThat(failure.getMessage()).hasSizeLessThan(600);
  }
}
