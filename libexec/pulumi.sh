# Sourced by neonstack: which Pulumi, which backend, which stack.

PULUMI_VERSION=$(sed -n 's,^[[:space:]]*github.com/pulumi/pulumi/pkg/v3 v\([0-9.]*\).*,\1,p' "$NEONSTACK_HOME/tools/go.mod")
JAVA_HOST_VERSION=$(sed -n 's,^[[:space:]]*github.com/pulumi/pulumi-java/pkg v\([0-9.]*\).*,\1,p' "$NEONSTACK_HOME/tools/go.mod")
PROJECT=$(sed -n 's/^name:[[:space:]]*\([A-Za-z0-9_.-]*\).*/\1/p' "$NEONSTACK_HOME/Pulumi.yaml" 2>/dev/null || :)
OWN_PULUMI=$NEONSTACK_CACHE/pulumi-v$PULUMI_VERSION

# use_pulumi: sets PULUMI, the user's own or the pinned one, and sees that its Java language host is on PATH.
use_pulumi() {
  if has_own_pulumi_of_user; then
    PULUMI=$theirs
    return
  fi
  is_own_pulumi_built || build_pulumi
  PULUMI=$OWN_PULUMI/pulumi
  PATH=$OWN_PULUMI:$PATH
  PULUMI_SKIP_UPDATE_CHECK=true
  export PATH PULUMI_SKIP_UPDATE_CHECK
}

is_own_pulumi_built() {
  [ -x "$OWN_PULUMI/pulumi" ] && [ -x "$OWN_PULUMI/pulumi-language-java" ]
}

# needs_own_pulumi: whether ours has to be built, and can be.
needs_own_pulumi() {
  ! is_own_pulumi_built && ! (has_own_pulumi_of_user 2>/dev/null) && has_good_go
}

# pulumi_on_path: the first pulumi on PATH that is not the one of libexec/plain; nothing when there is none.
pulumi_on_path() {
  rest=$PATH:
  while [ -n "$rest" ]; do
    folder=${rest%%:*}
    rest=${rest#*:}
    case $folder in */libexec/plain) continue ;; esac
    if [ -f "$folder/pulumi" ] && [ -x "$folder/pulumi" ]; then
      printf '%s\n' "$folder/pulumi"
      return
    fi
  done
}

has_own_pulumi_of_user() {
  theirs=$(pulumi_on_path)
  [ -n "$theirs" ] && [ "$theirs" != "$OWN_PULUMI/pulumi" ] || return 1
  if ! command -v pulumi-language-java >/dev/null; then
    say "'$theirs' has no pulumi-language-java beside it, so the pinned pulumi v$PULUMI_VERSION is used."
    return 1
  fi
  version=$(pulumi_version "$theirs")
  version_at_least "${version:-0}" "$PULUMI_VERSION" && return
  say "'$theirs' is version ${version:-unknown}; neonstack needs $PULUMI_VERSION or later and uses its own instead." \
    'To upgrade yours: curl -fsSL https://get.pulumi.com | sh   (macOS: brew upgrade pulumi)'
  return 1
}

# Asking costs a third of a second, so the answer is kept until the file changes.
pulumi_version() {
  file=$(LC_ALL=C ls -lnL "$1")
  known=$NEONSTACK_CACHE/pulumi-version
  if [ -f "$known" ] && [ "$(sed 1d "$known")" = "$file" ]; then
    sed -n 1p "$known"
    return
  fi
  asked=$(PULUMI_SKIP_UPDATE_CHECK=true "$1" version 2>/dev/null | sed -n 's/^v\([0-9.]*\).*/\1/p')
  { mkdir -p "$NEONSTACK_CACHE" && printf '%s\n%s\n' "$asked" "$file" >"$known"; } 2>/dev/null || :
  printf '%s\n' "$asked"
}

need_go() {
  say "$1"
  say "Without a pulumi on PATH, neonstack builds pulumi v$PULUMI_VERSION once, which needs Go 1.21 or later. Install Go:"
  printf '  Fedora:                                sudo dnf install golang\n' >&2
  printf '  Debian 13, Ubuntu 24.04 and later:     sudo apt install golang-go\n' >&2
  printf '  macOS:                                 brew install go\n' >&2
  printf '  Debian 12, Ubuntu 22.04 (theirs is older than 1.21), any other: from https://go.dev/dl\n' >&2
  say 'or Pulumi itself, anywhere: curl -fsSL https://get.pulumi.com | sh   (macOS: brew install pulumi)'
  exit 1
}

# has_good_go: sets go and go_version, which may be empty, and tells whether it builds Pulumi.
has_good_go() {
  go=$(command -v go || :)
  go_version=
  [ -z "$go" ] || go_version=$("$go" env GOVERSION 2>/dev/null | sed 's/^go//')
  version_at_least "${go_version:-0}" 1.21
}

# Builds both programs into a folder of their own and moves it into place when all of it is there.
build_pulumi() {
  if ! has_good_go; then
    [ -n "$go" ] || need_go 'Neither pulumi nor go was found on PATH.'
    need_go "No pulumi was found, and '$go' is version ${go_version:-unknown}."
  fi
  lock "$OWN_PULUMI.lock" 'building pulumi'
  trap 'unlock "$OWN_PULUMI.lock"' EXIT
  trap 'exit 130' INT TERM HUP
  if ! is_own_pulumi_built; then
    say "building pulumi v$PULUMI_VERSION and its Java language host v$JAVA_HOST_VERSION, once, into $OWN_PULUMI (3 minutes on two idle processors)"
    fresh=$OWN_PULUMI.$$
    rm -rf "$fresh" "$OWN_PULUMI"
    mkdir -p "$fresh"
    go_build "$NEONSTACK_HOME/tools" "$OWN_PULUMI.log" "$fresh" \
      "-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$PULUMI_VERSION \
        -X github.com/pulumi/pulumi-java/pkg/version.Version=$JAVA_HOST_VERSION" \
      github.com/pulumi/pulumi/pkg/v3/cmd/pulumi github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java || {
      tail -n 20 "$OWN_PULUMI.log" >&2
      die "pulumi could not be built; the whole log is $OWN_PULUMI.log. Without a network, install Pulumi by other means first."
    }
    mv "$fresh/pulumi-language-java" "$fresh/pulumi-language-java-host"
    # The host of this version logs a harmless line about debugging at the end of every run.
    printf '#!/bin/sh\nexec "$(dirname "$0")/pulumi-language-java-host" -stderrthreshold=FATAL "$@"\n' >"$fresh/pulumi-language-java"
    chmod 755 "$fresh/pulumi-language-java"
    mv "$fresh" "$OWN_PULUMI"
    say 'pulumi is built'
  fi
  unlock "$OWN_PULUMI.lock"
  trap - EXIT INT TERM HUP
}

# use_backend: files in the data folder, unless the user has chosen a backend or is logged in to one.
use_backend() {
  own_backend=no
  ours=file://$NEONSTACK_DATA/pulumi
  if [ "${PULUMI_BACKEND_URL:-}" != "$ours" ]; then
    [ -z "${PULUMI_BACKEND_URL:-}" ] && [ -z "${PULUMI_ACCESS_TOKEN:-}" ] || return 0
    ! grep -q '"current": *"[^"]' "${PULUMI_CREDENTIALS_PATH:-${PULUMI_HOME:-$HOME/.pulumi}}/credentials.json" 2>/dev/null || return 0
    ! grep -q '^backend:' "$NEONSTACK_HOME/Pulumi.yaml" || return 0
  fi
  own_backend=yes
  (umask 077 && mkdir -p "$NEONSTACK_DATA" && mkdir -p "$NEONSTACK_DATA/pulumi") ||
    die "The data folder $NEONSTACK_DATA cannot be made; see that its parent is writable, or set NEONSTACK_DATA to another folder."
  require_room
  PULUMI_BACKEND_URL=$ours
  export PULUMI_BACKEND_URL
  if [ -z "${PULUMI_CONFIG_PASSPHRASE+set}" ] && [ -z "${PULUMI_CONFIG_PASSPHRASE_FILE:-}" ]; then
    make_passphrase
    PULUMI_CONFIG_PASSPHRASE_FILE=$NEONSTACK_DATA/passphrase
    export PULUMI_CONFIG_PASSPHRASE_FILE
  fi
  # The salt that belongs to the passphrase is taken from the state, so that Pulumi.<stack>.yaml need not hold one.
  PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER=true
  export PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER
}

# On a full disk Pulumi would leave half a file behind, which no later run of it could read.
require_room() {
  if ! dd if=/dev/zero of="$NEONSTACK_DATA/room.$$" bs=65536 count=16 2>/dev/null; then
    rm -f "$NEONSTACK_DATA/room.$$"
    die "The data folder $NEONSTACK_DATA is full or read-only, so nothing was changed; free some space there, make it writable," \
      'or set NEONSTACK_DATA to another folder.'
  fi
  rm -f "$NEONSTACK_DATA/room.$$"
}

# Written beside and linked into place, so that two at once agree on one.
make_passphrase() {
  [ ! -f "$NEONSTACK_DATA/passphrase" ] || return 0
  (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$NEONSTACK_DATA/passphrase.$$")
  ln "$NEONSTACK_DATA/passphrase.$$" "$NEONSTACK_DATA/passphrase" 2>/dev/null || :
  rm -f "$NEONSTACK_DATA/passphrase.$$"
}

# select_stack: makes the stack when it does not exist yet.
select_stack() {
  cd "$NEONSTACK_HOME"
  if [ $own_backend = no ]; then
    "$PULUMI" stack select --create --stack "$stack" >/dev/null
    return
  fi
  state=$NEONSTACK_DATA/pulumi/.pulumi/stacks/$PROJECT/$stack.json
  [ ! -f "$state.gz" ] || state=$state.gz
  [ ! -f "$state" ] || return 0
  # Elsewhere, because `stack init` rewrites the configuration file of the folder it runs in.
  scratch=$NEONSTACK_DATA/init.$$
  mkdir "$scratch"
  printf 'name: %s\nruntime: java\n' "$PROJECT" >"$scratch/Pulumi.yaml"
  said=$(cd "$scratch" && "$PULUMI" stack init --stack "$stack" --no-select 2>&1) || {
    rm -rf "$scratch"
    [ -f "$state" ] || die "Pulumi could not make the stack '$stack': $said"
  }
  rm -rf "$scratch"
}

# copy_config: sets copy to a copy of the configuration file; it is taken away by the next run after this process.
copy_config() {
  for copy in "$NEONSTACK_DATA"/config.*.yaml; do
    of=${copy##*/config.}
    kill -0 "${of%.yaml}" 2>/dev/null || rm -f "$copy"
  done
  copy=$NEONSTACK_DATA/config.$$.yaml
  (umask 077 && cp "$NEONSTACK_HOME/Pulumi.$stack.yaml" "$copy")
}

# pulumi_on_stack ACTION [pulumi arguments]: runs Pulumi without letting it change the user's files.
pulumi_on_stack() {
  cd "$NEONSTACK_HOME"
  action=$1
  shift
  "$NEONSTACK_HOME/libexec/plain/pulumi" "$action" --stack "$stack" "$@"
}

# The state of stack local describes data that is gone after a reset. Other stacks on the same backend stay.
forget_local_stack() {
  use_backend
  if [ $own_backend = no ]; then
    say 'the state of stack local is in a backend of yours; forget it with: pulumi stack rm --force local'
    return
  fi
  for kind in stacks history backups locks; do
    rm -rf "$NEONSTACK_DATA/pulumi/.pulumi/$kind/$PROJECT/local" \
      "$NEONSTACK_DATA/pulumi/.pulumi/$kind/organization/$PROJECT/local"
  done
  rm -f "$NEONSTACK_DATA/pulumi/.pulumi/stacks/$PROJECT/local".json* "$NEONSTACK_DATA"/runs/local.*
}

quoted() {
  printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"
}

print_environment() {
  printf 'export PATH=%s:"$PATH"\n' "$(quoted "$NEONSTACK_HOME/libexec/plain")"
  for name in PULUMI_BACKEND_URL PULUMI_CONFIG_PASSPHRASE_FILE PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER PULUMI_SKIP_UPDATE_CHECK \
    NEONSTACK_DATA NEONSTACK_CACHE; do
    eval "value=\${$name:-}"
    [ -z "$value" ] || printf 'export %s=%s\n' "$name" "$(quoted "$value")"
  done
}
