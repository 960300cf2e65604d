/** What is written down of projects, branches, endpoints and operations, and how it changes. */
package dev.neonstack.controlplane.catalog;
