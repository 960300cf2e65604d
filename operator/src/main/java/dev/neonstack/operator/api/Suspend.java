package dev.neonstack.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * When an idle server goes to sleep.
 *
 * @param enabled whether it may; true where nothing is given
 * @param idleTimeout seconds without activity after which it does: 0 for the default of 300, -1 for
 *     never, at most 604800
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Suspend(Boolean enabled, Integer idleTimeout) {}
