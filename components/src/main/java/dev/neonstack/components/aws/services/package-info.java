/** What runs in an EKS cluster beside Neon, each from a chart at a pinned version. */
package dev.neonstack.components.aws.services;
