package dev.neonstack.review.plan;

/**
 * One line of a plan.
 *
 * @param sign {@code +} made, {@code ~} changed, {@code ±} made anew in place of the one there is,
 *     {@code -} removed, {@code =} taken over
 * @param name what it happens to
 * @param words what it is, and what of it changes
 */
public record Row(String sign, String name, String words) {}
