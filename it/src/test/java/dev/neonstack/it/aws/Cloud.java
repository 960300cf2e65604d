package dev.neonstack.it.aws;

import dev.neonstack.it.standin.PluginServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An AWS account, its EKS and a Docker engine, played in this process for one stack. */
public final class Cloud implements AutoCloseable {
  private final AwsStandIn aws = new AwsStandIn();
  private final List<PluginServer> servers;

  /**
   * An empty account.
   *
   * @param kubeconfig what every cluster in it answers with, in JSON
   * @param programFolder where the program runs, from which images are built
   */
  public Cloud(String kubeconfig, Path programFolder) {
    servers =
        List.of(
            new PluginServer("aws", aws),
            new PluginServer("eks", new EksStandIn(kubeconfig)),
            new PluginServer("docker", new DockerStandIn(programFolder)));
  }

  /** How the engine is told to use it, with other stand-ins: {@code PULUMI_DEBUG_PROVIDERS}. */
  public String attachments(String... others) {
    return Stream.concat(servers.stream().map(PluginServer::attachment), Stream.of(others))
        .collect(Collectors.joining(","));
  }

  /** All that is in the account, as {@code type id}. */
  public List<String> inventory() {
    return aws.account().inventory();
  }

  /** Puts something into a bucket or a repository, which then cannot be deleted without force. */
  public void fill(String name) {
    aws.account().fill(name);
  }

  /** Takes everything out of it again. */
  public void empty(String name) {
    aws.account().empty(name);
  }

  @Override
  public void close() {
    servers.forEach(PluginServer::close);
  }
}
