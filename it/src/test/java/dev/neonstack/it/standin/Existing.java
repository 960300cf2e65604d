package dev.neonstack.it.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A thing that has been made: what was asked, and what has come of it. */
public record Existing(String id, ObjectNode inputs, ObjectNode state) {}
