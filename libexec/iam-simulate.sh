# Sourced by `neonstack test`: the simulator of IAM that policies are tested with.

IAM_SIMULATE_SOURCE=$NEONSTACK_HOME/tools/iam-simulate
IAM_SIMULATE_VERSION=$(sed -n 's,^ *"@cloud-copilot/iam-simulate": "\([0-9.]*\)".*,\1,p' "$IAM_SIMULATE_SOURCE/package.json")
IAM_SIMULATE_FOLDER=$NEONSTACK_CACHE/iam-simulate-v$IAM_SIMULATE_VERSION

# use_iam_simulate: sees that the simulator is there as its sources say.
use_iam_simulate() {
  iam_simulate_sources=$(cd "$IAM_SIMULATE_SOURCE" && cat package.json package-lock.json decide.mjs | cksum)
  is_iam_simulate_current || install_iam_simulate
}

is_iam_simulate_current() {
  [ "$(cat "$IAM_SIMULATE_FOLDER/sources" 2>/dev/null)" = "$iam_simulate_sources" ]
}

need_node() {
  say "$1 The tests of IAM policies need Node.js 20 or later, with npm."
  install_lines 'sudo dnf install nodejs' 'sudo apt install nodejs npm' 'brew install node'
  say 'or leave these tests out with: ./neonstack test -DskipITs'
  exit 1
}

install_iam_simulate() {
  command -v npm >/dev/null || need_node 'No npm was found on PATH.'
  node_version=$(node --version 2>/dev/null | sed 's/^v//')
  version_at_least "${node_version:-0}" 20 || need_node "Node.js is version ${node_version:-unknown}."
  lock "$IAM_SIMULATE_FOLDER.lock" 'installing the simulator of IAM'
  trap 'unlock "$IAM_SIMULATE_FOLDER.lock"' EXIT
  trap 'exit 130' INT TERM HUP
  is_iam_simulate_current || fetch_iam_simulate
  unlock "$IAM_SIMULATE_FOLDER.lock"
  trap - EXIT INT TERM HUP
}

fetch_iam_simulate() {
  say "installing the simulator of IAM, v$IAM_SIMULATE_VERSION, once, into $IAM_SIMULATE_FOLDER (19 MB)"
  fresh=$IAM_SIMULATE_FOLDER.$$
  rm -rf "$fresh" "$IAM_SIMULATE_FOLDER"
  mkdir -p "$fresh"
  (cd "$IAM_SIMULATE_SOURCE" && cp package.json package-lock.json decide.mjs "$fresh")
  (cd "$fresh" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2 || {
    rm -rf "$fresh"
    die 'the simulator of IAM could not be installed. To leave the tests of policies out: ./neonstack test -DskipITs'
  }
  printf '%s\n' "$iam_simulate_sources" >"$fresh/sources"
  mv "$fresh" "$IAM_SIMULATE_FOLDER"
}
