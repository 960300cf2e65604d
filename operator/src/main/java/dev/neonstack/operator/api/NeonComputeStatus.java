package dev.neonstack.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * How a compute stands. Everything is null until it is known.
 *
 * @param observedGeneration the generation of the spec that this is about
 * @param phase how it stands, in a word
 * @param branch the branch's name, or its timeline
 * @param host the Service's name inside the cluster
 * @param port port of Postgres
 * @param connectionString how to connect, without the password
 * @param secretName the Secret with the login
 * @param size CPUs and memory
 * @param image the image of the pod that runs
 * @param computeId the id of the start that runs or is under way
 * @param lastActive when a client was last seen at work, RFC 3339
 * @param starts how many starts failed one after the other
 * @param conditions Accepted, Ready, Current and Deleted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NeonComputeStatus(
    Long observedGeneration,
    Phase phase,
    String branch,
    String host,
    Integer port,
    String connectionString,
    String secretName,
    String size,
    String image,
    String computeId,
    String lastActive,
    Integer starts,
    List<Condition> conditions) {}
