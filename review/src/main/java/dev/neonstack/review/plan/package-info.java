/** What an update would do, in few words. */
package dev.neonstack.review.plan;
