/** What declared resources cost a month. */
package dev.neonstack.review.cost;
