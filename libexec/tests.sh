# Sourced by `neonstack test`: Maven's output goes to a log, and what ran, failed and was left out is counted at the end.

TEST_LOG=$NEONSTACK_HOME/target/test.log

# run_tests [MAVEN ARGUMENTS]: ends as Maven does.
run_tests() {
  cd "$NEONSTACK_HOME"
  mkdir -p target
  say "building everything and running every check; all that is printed goes to $TEST_LOG"
  touch target/test.began
  PROGRESS_SECONDS=${PROGRESS_SECONDS:-15}
  code=0
  with_progress "$TEST_LOG" tell_tests "$MVN" -B -T 2C verify "$@" || code=$?
  if [ $code -ne 0 ]; then
    grep -e '^\[ERROR\]' -e 'COMPILATION ERROR' "$TEST_LOG" | grep -v -e '\[Help' -e 'Re-run Maven' -e '^\[ERROR\] *$' | head -n 60 >&2 || :
    say "something failed; the whole log is $TEST_LOG"
  fi
  count_tests
  exit $code
}

reports() {
  find ./*/target/surefire-reports ./*/target/failsafe-reports target/surefire-reports -name 'TEST-*.xml' -newer target/test.began \
    2>/dev/null || :
}

tell_tests() {
  echo "$(tell_maven "$1"), $(reports | wc -l | tr -d ' ') classes of tests run"
}

# count_tests: from the reports that this run wrote.
count_tests() {
  reports | while read -r report; do
    sed -n -e 's/^<testsuite .* tests="\([0-9]*\)".* errors="\([0-9]*\)".* skipped="\([0-9]*\)".* failures="\([0-9]*\)".*/\1 \2 \3 \4/p' "$report"
  done | awk '
    { ran += $1; failed += $2 + $4; skipped += $3 }
    END { printf "%d tests ran, %d failed, %d were skipped\n", ran - skipped, failed, skipped }'
  reports | while read -r report; do
    sed -n 's/.*<skipped message="\([^"]*\)".*/  skipped: \1/p' "$report"
  done | sed -e 's/&#10;.*//' -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&amp;/\&/g' | sort | uniq -c |
    sed 's/^ *\([0-9]*\)   *skipped/  \1 skipped/'
}
