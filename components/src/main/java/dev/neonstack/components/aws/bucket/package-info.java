/** The bucket that Neon's storage keeps its data in, on Amazon S3. */
package dev.neonstack.components.aws.bucket;
