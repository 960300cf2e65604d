/** The kind {@code NeonCompute}, as the API server keeps it. */
package dev.neonstack.operator.api;
