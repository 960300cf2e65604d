package dev.neonstack.it.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Empty;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;

/** The engine's calls for resources. */
public final class ResourceCalls {
  private final Resources resources;

  public ResourceCalls(Resources resources) {
    this.resources = resources;
  }

  /** Completes inputs and refuses wrong ones. */
  public CheckResponse check(CheckRequest request) {
    var problems = new Problems();
    var inputs =
        resources.check(
            Subject.of(request.getUrn()),
            Wire.json(request.getOlds()),
            Wire.json(request.getNews()),
            problems);
    return CheckResponse.newBuilder()
        .setInputs(Wire.struct(inputs))
        .addAllFailures(problems.failures())
        .build();
  }

  /** Says what a change does. */
  public DiffResponse diff(DiffRequest request) {
    var news = Wire.json(request.getNews());
    return Changes.between(compared(Wire.json(request.getOldInputs())), compared(news))
        .response(resources.fixed(Subject.of(request.getUrn()), news));
  }

  private ObjectNode compared(ObjectNode inputs) {
    return resources.compared(Autonames.without(inputs));
  }

  /** Makes a thing, or says what would come of it. */
  public CreateResponse create(CreateRequest request) {
    var subject = Subject.of(request.getUrn());
    var inputs = Wire.json(request.getProperties());
    if (request.getPreview()) {
      return CreateResponse.newBuilder()
          .setProperties(Wire.struct(resources.foreseen(subject, inputs)))
          .build();
    }
    var made = resources.create(subject, inputs);
    return CreateResponse.newBuilder()
        .setId(made.id())
        .setProperties(Wire.struct(made.state()))
        .build();
  }

  /** Changes a thing, or says what would come of it. */
  public UpdateResponse update(UpdateRequest request) {
    var subject = Subject.of(request.getUrn());
    var existing =
        resources
            .read(subject, request.getId())
            .orElseThrow(() -> new IllegalStateException("no " + request.getId() + " is there"));
    var state =
        resources.update(existing, subject, Wire.json(request.getNews()), request.getPreview());
    return UpdateResponse.newBuilder().setProperties(Wire.struct(state)).build();
  }

  /** Says what is there. */
  public ReadResponse read(ReadRequest request) {
    return resources
        .read(Subject.of(request.getUrn()), request.getId())
        .map(
            existing ->
                ReadResponse.newBuilder()
                    .setId(existing.id())
                    .setInputs(Wire.struct(existing.inputs()))
                    .setProperties(Wire.struct(existing.state()))
                    .build())
        .orElse(ReadResponse.getDefaultInstance());
  }

  /** Unmakes a thing. */
  public Empty delete(DeleteRequest request) {
    resources.delete(Subject.of(request.getUrn()), request.getId());
    return Empty.getDefaultInstance();
  }
}
