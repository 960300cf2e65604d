# Sourced by `neonstack test` after pulumi.sh: the Kubernetes control plane that tests run against.

KUBELAB_SOURCE=$NEONSTACK_HOME/tools/kubelab
KUBELAB_VERSION=$(sed -n 's,^[[:space:]]*k8s.io/kubernetes v\([0-9.]*\).*,\1,p' "$KUBELAB_SOURCE/go.mod")
KUBELAB_GO=$(sed -n 's/^go \([0-9.]*\).*/\1/p' "$KUBELAB_SOURCE/go.mod")
KUBELAB_FOLDER=$NEONSTACK_CACHE/kubelab-v$KUBELAB_VERSION

# use_kubelab: sees that the binary is there and that it was built from the sources as they are now.
use_kubelab() {
  kubelab_sources=$(cd "$KUBELAB_SOURCE" && cat go.mod go.sum main.go | cksum)
  is_kubelab_current || build_kubelab
}

is_kubelab_current() {
  [ -x "$KUBELAB_FOLDER/kubelab" ] && [ "$(cat "$KUBELAB_FOLDER/sources" 2>/dev/null)" = "$kubelab_sources" ]
}

need_go_for_kubelab() {
  say "$1 The tests against Kubernetes need Go $KUBELAB_GO or later, once, to build their API server." \
    'Install it from https://go.dev/dl or a package manager, or leave these tests out with: ./neonstack test -DskipITs'
  exit 1
}

build_kubelab() {
  go=$(command -v go || :)
  [ -n "$go" ] || need_go_for_kubelab 'No go was found on PATH.'
  go_version=$(cd "$KUBELAB_SOURCE" && "$go" env GOVERSION 2>/dev/null | sed 's/^go//')
  version_at_least "${go_version:-0}" "$KUBELAB_GO" || need_go_for_kubelab "'$go' is version ${go_version:-unknown}."
  lock "$KUBELAB_FOLDER.lock" 'building the Kubernetes API server'
  trap 'unlock "$KUBELAB_FOLDER.lock"' EXIT
  trap 'exit 130' INT TERM HUP
  is_kubelab_current || compile_kubelab
  unlock "$KUBELAB_FOLDER.lock"
  trap - EXIT INT TERM HUP
}

compile_kubelab() {
  say "building the Kubernetes API server of the tests, v$KUBELAB_VERSION, once, into $KUBELAB_FOLDER (6 minutes and more, 2.5 GB of memory)"
  fresh=$KUBELAB_FOLDER.$$
  rm -rf "$fresh" "$KUBELAB_FOLDER"
  mkdir -p "$fresh"
  version=k8s.io/component-base/version
  minor=${KUBELAB_VERSION#*.}
  log=$KUBELAB_FOLDER.log
  { (cd "$KUBELAB_SOURCE" && CGO_ENABLED=0 nice -n 19 "$go" build -v -trimpath -o "$fresh/kubelab" -ldflags \
    "-s -w -X $version.gitVersion=v$KUBELAB_VERSION -X $version.gitMajor=${KUBELAB_VERSION%%.*} -X $version.gitMinor=${minor%%.*}" \
    . 2>&1) && echo built; } | tee "$log" | progress
  [ "$(tail -n 1 "$log")" = built ] || {
    tail -n 20 "$log" >&2
    rm -rf "$fresh"
    die "the Kubernetes API server could not be built; the whole log is $log. To leave its tests out: ./neonstack test -DskipITs"
  }
  printf '%s\n' "$kubelab_sources" >"$fresh/sources"
  mv "$fresh" "$KUBELAB_FOLDER"
  say 'the Kubernetes API server is built'
}
