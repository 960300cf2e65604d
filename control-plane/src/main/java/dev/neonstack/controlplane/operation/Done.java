package dev.neonstack.controlplane.operation;

import dev.neonstack.controlplane.catalog.Operation;
import java.util.List;

/**
 * What came of a request.
 *
 * @param result what was asked for
 * @param operations what the control plane did for it
 */
public record Done<T>(T result, List<Operation> operations) {}
