# Sourced by `neonstack` after pulumi.sh: programs that tests of Kubernetes need, built once from the Go modules that
# tools/NAME pins.

# use_kubelab: the Kubernetes control plane that tests run against.
use_kubelab() {
  pinned_tool kubelab k8s.io/kubernetes
  minor=${tool_version#*.}
  version=k8s.io/component-base/version
  use_tool 'the Kubernetes API server' '6 minutes and more, 2.5 GB of memory' . \
    "-X $version.gitVersion=v$tool_version -X $version.gitMajor=${tool_version%%.*} -X $version.gitMinor=${minor%%.*}"
}

# use_kube_plugin: Pulumi's plugin for Kubernetes.
use_kube_plugin() {
  pinned_tool kube-plugin github.com/pulumi/pulumi-kubernetes/provider/v4
  use_tool "Pulumi's plugin for Kubernetes" '5 minutes and more, 2 GB of memory' . ''
}

# use_kube_score: a linter of Kubernetes objects.
use_kube_score() {
  pinned_tool kube-score github.com/zegl/kube-score
  use_tool kube-score 'a minute' github.com/zegl/kube-score/cmd/kube-score ''
}

# use_crds: what operators define, as their Go modules hold it; tools/crds pins the modules and names the files.
use_crds() {
  crds_source=$NEONSTACK_HOME/tools/crds
  crds_folder=$NEONSTACK_CACHE/crds
  crds_pinned=$(cd "$crds_source" && cat ./* | cksum)
  [ "$(cat "$crds_folder/sources" 2>/dev/null)" = "$crds_pinned" ] && return
  go=$(command -v go || :)
  go_wanted=$(sed -n 's/^go \([0-9.]*\).*/\1/p' "$crds_source/go.mod")
  [ -n "$go" ] || need_go_for_tool 'No go was found on PATH.' "$go_wanted" 'what operators define'
  fresh=$crds_folder.$$
  rm -rf "$fresh"
  mkdir -p "$fresh"
  while read -r crds_module crds_file; do
    from=$(cd "$crds_source" && "$go" mod download -json "$crds_module" | sed -n 's/^.*"Dir": "\(.*\)".*$/\1/p')
    cp "$from/$crds_file" "$fresh" || die "the module $crds_module that tools/crds pins could not be fetched."
  done <"$crds_source/files"
  chmod u+w "$fresh"/*
  printf '%s\n' "$crds_pinned" >"$fresh/sources"
  rm -rf "$crds_folder"
  mv "$fresh" "$crds_folder"
}

# pinned_tool NAME MODULE: which is meant; its version is the module's.
pinned_tool() {
  tool=$1
  tool_source=$NEONSTACK_HOME/tools/$tool
  tool_version=$(sed -n "s,^[[:space:]]*\(require \)*$2 v\([0-9a-z.-]*\).*,\2,p" "$tool_source/go.mod")
  tool_folder=$NEONSTACK_CACHE/$tool-v$tool_version
}

# use_tool WHAT COST PACKAGE LINKER_FLAGS: sees that it is there and that it was built from the sources as they are now.
use_tool() {
  tool_sources=$(cd "$tool_source" && cat ./* | cksum)
  is_tool_current || build_tool "$@"
}

is_tool_current() {
  [ -x "$tool_folder/$tool" ] && [ "$(cat "$tool_folder/sources" 2>/dev/null)" = "$tool_sources" ]
}

need_go_for_tool() {
  say "$1 The tests against Kubernetes need Go $2 or later, once, for $3." \
    'Install it from https://go.dev/dl or a package manager, or leave these tests out with: ./neonstack test -DskipITs'
  exit 1
}

build_tool() {
  go_wanted=$(sed -n 's/^go \([0-9.]*\).*/\1/p' "$tool_source/go.mod")
  go=$(command -v go || :)
  [ -n "$go" ] || need_go_for_tool 'No go was found on PATH.' "$go_wanted" "$1"
  go_version=$(cd "$tool_source" && "$go" env GOVERSION 2>/dev/null | sed 's/^go//')
  version_at_least "${go_version:-0}" "$go_wanted" ||
    need_go_for_tool "'$go' is version ${go_version:-unknown}." "$go_wanted" "$1"
  lock "$tool_folder.lock" "building $1"
  trap 'unlock "$tool_folder.lock"' EXIT
  trap 'exit 130' INT TERM HUP
  is_tool_current || compile_tool "$@"
  unlock "$tool_folder.lock"
  trap - EXIT INT TERM HUP
}

compile_tool() {
  say "building $1 of the tests, v$tool_version, once, into $tool_folder ($2)"
  fresh=$tool_folder.$$
  rm -rf "$fresh" "$tool_folder"
  mkdir -p "$fresh"
  log=$tool_folder.log
  go_build "$tool_source" "$log" "$fresh/$tool" "$4" "$3" || {
    tail -n 20 "$log" >&2
    rm -rf "$fresh"
    die "$1 could not be built; the whole log is $log. To leave its tests out: ./neonstack test -DskipITs"
  }
  printf '%s\n' "$tool_sources" >"$fresh/sources"
  mv "$fresh" "$tool_folder"
  say "$1 is built"
}
