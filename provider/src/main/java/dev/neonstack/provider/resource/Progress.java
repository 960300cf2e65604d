package dev.neonstack.provider.resource;

/** Tells the user what goes on with a resource while it takes its time. */
public interface Progress {

  /** Something that is over soon, shown beside the resource. */
  void status(String message);

  /** Something to be known. */
  void note(String message);

  /** Something to be remembered after the run. */
  void warn(String message);
}
