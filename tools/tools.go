//go:build tools

// Package tools pins the Pulumi CLI and the Java language host for machines that have neither.
package tools

import (
	_ "github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java"
	_ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
)
