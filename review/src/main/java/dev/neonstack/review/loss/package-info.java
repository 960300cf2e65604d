/** What an update takes away that cannot be made again. */
package dev.neonstack.review.loss;
