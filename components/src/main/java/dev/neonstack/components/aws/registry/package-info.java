/** Neon's images: where they come from, and the registry in ECR they are pushed to. */
package dev.neonstack.components.aws.registry;
