/**
 * The operator: a Postgres server for every {@code NeonCompute}. {@code api} is the kind, {@code
 * model} the objects that are made of one, {@code storage} and {@code compute} what is asked of
 * others, {@code reconcile} the order of the work.
 */
package dev.neonstack.operator;
