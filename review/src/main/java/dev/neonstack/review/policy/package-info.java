/** Rules that declared resources have to keep. */
package dev.neonstack.review.policy;
