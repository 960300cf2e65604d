package dev.neonstack.review.policy;

/**
 * Something that declared resources have to keep.
 *
 * @param id short name with dashes
 * @param productionOnly whether it is asked of production stacks only
 * @param wants what is allowed
 * @param why the reason for it
 * @param change what to do about a violation, a sentence
 */
public record Rule(String id, boolean productionOnly, String wants, String why, String change) {}
