# Sourced by neonstack: what is meant by the words after a command.

# with_stack COMMAND HANDLER DEFAULT OPTIONS VALUED MORE [WORDS]: sets `stack`, which -s STACK, --stack STACK,
# --stack=STACK and the first plain word all name, and calls HANDLER with the rest. OPTIONS stand alone, VALUED take the
# next word; MORE plain words are allowed. Whatever else is there is refused.
with_stack() {
  command=$1 handler=$2 stack= default=$3 options=$4 valued=$5 more=$6
  shift 6
  is_named=no
  ! names_stack "$@" || is_named=yes
  unread=$#
  while [ $unread -gt 0 ]; do
    word=$1
    shift
    unread=$((unread - 1))
    case $word in
      -h | --help) help_of "$command" && exit 0 ;;
      --version) version && exit 0 ;;
      --stack=*) use_stack "${word#*=}" ;;
      -s | --stack)
        [ $unread -gt 0 ] || misuse "$command" "$word needs a name behind it"
        use_stack "$1"
        shift
        unread=$((unread - 1))
        ;;
      -s?*) use_stack "${word#-s}" ;;
      -*)
        if is_among "${word%%=*}" "$valued"; then
          set -- "$@" "$word"
          case $word in *=*) continue ;; esac
          [ $unread -gt 0 ] || misuse "$command" "$word needs a value behind it"
          value=$1
          shift
          unread=$((unread - 1))
          set -- "$@" "$value"
        elif is_among "$word" "$options"; then
          set -- "$@" "$word"
        else
          misuse "$command" "$command does not know '$word'"
        fi
        ;;
      *)
        if [ $is_named = no ] && [ -z "$stack" ]; then
          stack=$word
        elif [ "$more" -gt 0 ]; then
          more=$((more - 1))
          set -- "$@" "$word"
        else
          use_stack "$word"
        fi
        ;;
    esac
  done
  stack=${stack:-$default}
  [ -n "$stack" ] || misuse "$command" "$command needs a stack"
  [ "$stack" = - ] || [ -f "$NEONSTACK_HOME/Pulumi.$stack.yaml" ] || unknown_stack
  "$handler" "$@"
}

names_stack() {
  for word in "$@"; do
    case $word in -s | --stack | --stack=* | -s?*) return 0 ;; esac
  done
  return 1
}

use_stack() {
  [ -z "$stack" ] || [ "$stack" = "$1" ] || misuse "$command" "$command takes one stack, and is given '$stack' and '$1'"
  [ -n "$1" ] || misuse "$command" "the name of the stack is empty"
  stack=$1
}

is_among() {
  case " $2 " in *" $1 "*) return 0 ;; esac
  return 1
}

misuse() {
  say "$2. This is how it is called:"
  usage_of "$1" >&2
  exit 2
}

# help_of COMMAND: its lines of the usage, and its options.
help_of() {
  usage_of "$1"
  case $1 in
    up | preview | refresh | destroy) options_of_stack_commands ;;
  esac
}

usage_of() {
  usage | awk -v name="$1" '
    /^  [^ ]/ { shown = $1 == name }
    /^$/ { shown = 0 }
    shown { sub(/^  /, ""); print (/^[^ ]/ ? "./neonstack " : "            ") $0 }'
}

options_of_stack_commands() {
  cat <<'HELP'

  STACK may also be given as -s STACK or --stack STACK.
  -y, --yes                  agree to all of it, losses included; without a terminal nobody can be asked
  -r, --refresh              look first at what is really there
  --show-secrets             show passwords also where the output is kept (a file, a pipe)
  -t, --target URN           these resources only; --target-dependents adds what depends on them; --exclude URN leaves out
  --replace URN              make them anew
  -p, --parallel N           so many resources at once
  -m, --message TEXT         a note for the history
  --continue-on-error        go on with what does not depend on what has failed (up, destroy)
  --diff, --json             every property that changes; the document for programs (preview)
  --preview FILE             of such a document that is there already (preview)

  Whatever else Pulumi can do is there for plain pulumi:  eval "$(./neonstack env)"
HELP
}

version() {
  sed -n 's,^  <version>\(.*\)</version>,neonstack \1,p' "$NEONSTACK_HOME/pom.xml"
}

unknown_stack() {
  known=$(cd "$NEONSTACK_HOME" && ls Pulumi.*.yaml 2>/dev/null | sed 's/^Pulumi\.\(.*\)\.yaml$/\1/' | tr '\n' ' ')
  say "There is no stack '$stack', as $NEONSTACK_HOME/Pulumi.$stack.yaml does not exist; there are: ${known% }"
  exit 2
}
