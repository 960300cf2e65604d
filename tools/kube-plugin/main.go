// Kube-plugin is Pulumi's plugin for Kubernetes, for tests, which no package registry has built. The module lacks the
// schema that its own program carries; the engine asks for none, and only an import would need it.
package main

import "github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"

// What the module calls itself: its own version is that of a commit.
const version = "4.25.0"

func main() {
	provider.Serve("kubernetes", version, []byte("{}"), nil)
}
