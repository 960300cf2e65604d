package dev.neonstack.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;

/**
 * What a pod gets.
 *
 * @param cpu CPUs, 250m to 64; 1 where nothing is given
 * @param memory memory, 512Mi to 512Gi; 4Gi where nothing is given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Resources(Quantity cpu, Quantity memory) {}
