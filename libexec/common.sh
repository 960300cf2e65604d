# Sourced by the scripts of neonstack. Expects NEONSTACK_HOME to be set; exports it and the two data folders.

[ -n "${HOME:-}" ] || {
  echo 'neonstack: HOME is not set; set it to your home folder.' >&2
  exit 1
}
NEONSTACK_DATA=${NEONSTACK_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/neonstack}
NEONSTACK_CACHE=${NEONSTACK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/neonstack}
case $NEONSTACK_DATA in /*) ;; *) NEONSTACK_DATA=$PWD/$NEONSTACK_DATA ;; esac
case $NEONSTACK_CACHE in /*) ;; *) NEONSTACK_CACHE=$PWD/$NEONSTACK_CACHE ;; esac
export NEONSTACK_HOME NEONSTACK_DATA NEONSTACK_CACHE

# What Pulumi runs finds the real programs again.
PATH=${PATH#"$NEONSTACK_HOME/libexec/versions:"}

JVM_FLAGS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable -Xlog:all=error:stderr'

say() {
  printf 'neonstack: %s\n' "$*" >&2
}

die() {
  say "$@"
  exit 1
}

# find_java: sets JAVA and JAVAC, which may be empty when there is none.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/java" ] ||
      die "JAVA_HOME is '$JAVA_HOME', which holds no bin/java. Unset it, or set it to a JDK 17 or later."
    JAVA=$JAVA_HOME/bin/java
    JAVAC=$JAVA_HOME/bin/javac
    [ -x "$JAVAC" ] || JAVAC=
  else
    JAVA=$(command -v java || :)
    JAVAC=$(command -v javac || :)
  fi
}

# java_major COMMAND: prints 17 for "17.0.15" and 8 for "1.8.0_292"; nothing when it cannot run.
java_major() {
  "$1" -version 2>&1 | sed -n 's/^[^0-9]*\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' | head -n 1
}

install_lines() {
  printf '  Fedora:                                %s\n' "$1" >&2
  printf '  Debian 12, Ubuntu 24.04 and later:     %s\n' "$2" >&2
  printf '  macOS:                                 %s\n' "$3" >&2
}

# need_folder FOLDER VARIABLE: makes it, or says what to do.
need_folder() {
  mkdir -p "$1" 2>/dev/null && [ -w "$1" ] || die "The folder $1 cannot be made or written;" \
    "see that it and its parents are writable, or set $2 to another folder."
}

# The JDK goes by the user database for the home folder, the shell by HOME: all of ours goes by HOME, Maven included.
case "$HOME|${MAVEN_OPTS:-}" in
  *[[:space:]]*'|'* | *-Duser.home=*) ;;
  *)
    MAVEN_OPTS="-Duser.home=$HOME ${MAVEN_OPTS:-}"
    export MAVEN_OPTS
    ;;
esac

need_jdk() {
  say "$1"
  say "A JDK 17 or later is needed to build and run neonstack. Install one:"
  install_lines 'sudo dnf install java-21-openjdk-devel' 'sudo apt install default-jdk' 'brew install --cask temurin@21'
  exit 1
}

need_maven() {
  say "$1"
  say "Maven 3.8.1 or later is needed to build neonstack. Install it:"
  install_lines 'sudo dnf install maven' 'sudo apt install maven' 'brew install maven'
  exit 1
}

# version_at_least HAVE WANTED: compares up to three dotted numbers.
version_at_least() {
  awk -v have="$1" -v wanted="$2" 'BEGIN {
    split(have, h, /[^0-9]+/); split(wanted, w, /[^0-9]+/)
    for (i = 1; i <= 3; i++) if (h[i] + 0 != w[i] + 0) exit !(h[i] + 0 > w[i] + 0)
  }'
}

check_jdk() {
  find_java
  [ -n "$JAVA" ] || need_jdk 'No java was found on PATH.'
  [ -n "$JAVAC" ] || need_jdk "No javac was found beside '$JAVA': that is a runtime without a compiler."
  major=$(java_major "$JAVA")
  [ -n "$major" ] || need_jdk "'$JAVA' cannot be run."
  [ "$major" -ge 17 ] || need_jdk "'$JAVA' is version $major."
  major=$(java_major "$JAVAC")
  [ "${major:-0}" -ge 17 ] || need_jdk "'$JAVAC' is version ${major:-unknown}."
}

check_maven() {
  MVN=$(command -v mvn || :)
  [ -n "$MVN" ] || need_maven 'No mvn was found on PATH.'
  maven=$("$MVN" -v 2>/dev/null | sed -n 's/[^A]*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1)
  [ -n "$maven" ] || need_maven "'$MVN -v' does not run."
  version_at_least "$maven" 3.8.1 || need_maven "'$MVN' is version $maven."
}

# check_build_tools: a JDK 17 and a Maven 3.8.1. What was found good is not asked again until it changes.
check_build_tools() {
  find_java
  MVN=$(command -v mvn || :)
  good=$(LC_ALL=C ls -lnL "$JAVA" "$JAVAC" "$MVN" 2>&1) || good=
  known=$NEONSTACK_CACHE/build-tools
  [ -n "$good" ] && [ -f "$known" ] && [ "$good" = "$(cat "$known")" ] && return
  check_jdk
  check_maven
  { mkdir -p "$NEONSTACK_CACHE" && printf '%s\n' "$good" >"$known"; } 2>/dev/null || :
}

# lock FILE WHAT: waits until FILE is ours. It names the process that holds it, so that a dead one's lock is taken over.
lock() {
  need_folder "$(dirname "$1")" NEONSTACK_CACHE
  printf '%s\n' "$$" >"$1.$$"
  waited=0
  until ln "$1.$$" "$1" 2>/dev/null; do
    holder=$(cat "$1" 2>/dev/null || :)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      # Only one may take it over, and only after a second look.
      if mkdir "$1.takeover" 2>/dev/null; then
        [ "$holder" != "$(cat "$1" 2>/dev/null)" ] || rm -f "$1"
        rmdir "$1.takeover"
      fi
      continue
    fi
    [ $waited -ne 1 ] || say "waiting for process $holder, which is $2"
    [ $waited -lt 1800 ] || die "process $holder has been $2 for half an hour. If it is not, delete $1"
    waited=$((waited + 1))
    sleep 1
  done
  rm -f "$1.$$"
}

unlock() {
  rm -f "$1"
}
