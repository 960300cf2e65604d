# Waits until its input ends, which is when the test at the other end closes it or is killed, and then ends the
# PostgreSQL servers that still run on data below a directory.
# usage: sh end-servers.sh DIRECTORY
trap '' INT TERM HUP
cat >/dev/null
[ -d "$1" ] || exit 0
find "$(cd "$1" && pwd -P)" -name postmaster.pid | while read -r file; do
  pid=$(head -n 1 "$file")
  # The number may be another program's by now.
  case $(readlink "/proc/$pid/cwd" || ps -o args= -p "$pid") in
    *"${file%/postmaster.pid}"*) kill -QUIT "$pid" ;;
  esac
done
