/** What a reviewer wants to know of a set of declared resources, whoever declares them. */
package dev.neonstack.review;
