/** The Kubernetes objects of a compute, made of its specification and nothing else. */
package dev.neonstack.operator.model;
