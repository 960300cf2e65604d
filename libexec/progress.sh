# Sourced by scripts that run something long: what they print goes to a log, and every few seconds one line says how far it is.

# with_progress LOG TELL COMMAND...: runs the command; `TELL LOG` prints how far it is. Its code is the command's.
with_progress() {
  begin_ticks "$1" "$2"
  : >"$1"
  shift 2
  "$@" >"$progress_log" 2>&1 </dev/null && code=0 || code=$?
  end_ticks
  return "$code"
}

# wait_with_progress LOG TELL PROCESS: the same of a process that this shell has started already.
wait_with_progress() {
  begin_ticks "$1" "$2"
  wait "$3" && code=0 || code=$?
  end_ticks
  return "$code"
}

begin_ticks() {
  progress_log=$1
  tell=$2
  tick &
  ticker=$!
}

end_ticks() {
  kill "$ticker" 2>/dev/null || :
  wait "$ticker" 2>/dev/null || :
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

# On a terminal one line is written over. It ends with the script, however that ends.
tick() {
  trap - EXIT
  began=$(date +%s)
  pause=${PROGRESS_SECONDS:-5}
  [ ! -t 2 ] || pause=1
  while sleep "$pause" >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
    line="  $("$tell" "$progress_log"), $(($(date +%s) - began)) s"
    if [ -t 2 ]; then
      printf '\r\033[K%.100s' "$line" >&2
    else
      printf '%s\n' "$line" >&2
    fi
  done
}

tell_modules() {
  echo "$(grep -c '^go: downloading' "$1") modules of Go fetched"
}

tell_packages() {
  echo "$(grep -c . "$1") of $packages packages compiled"
}

# Maven names the module it is at, and every file it fetches.
tell_maven() {
  at=$(sed -n 's/.*Building \([^ ]*\) .*\(\[[0-9]*\/[0-9]*\]\).*/module \1 \2/p' "$1" 2>/dev/null | tail -n 1)
  echo "${at:-Maven starts}, $(grep -c 'Downloaded from' "$1" 2>/dev/null) files fetched"
}

# go_build SOURCE LOG OUT LINKER_FLAGS PACKAGE...: builds the commands pinned in SOURCE; 1 when that fails. Without data for
# debuggers, which nobody needs of them, it takes an eighth less time.
go_build() {
  source=$1
  go_log=$2
  out=$3
  flags=$4
  shift 4
  with_progress "$go_log" tell_modules go_in "$source" list -deps "$@" || return 1
  packages=$(grep -vc '^go: ' "$go_log")
  with_progress "$go_log" tell_packages \
    go_in "$source" build -v -trimpath -gcflags=all=-dwarf=false -ldflags "-s -w $flags" -o "$out" "$@"
}

go_in() {
  (
    cd "$1"
    shift
    CGO_ENABLED=0 exec nice -n 5 "$go" "$@"
  )
}
