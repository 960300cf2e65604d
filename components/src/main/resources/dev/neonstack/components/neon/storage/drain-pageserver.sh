# Hands the projects of this pageserver over before it stops, for DRAIN_SECONDS at most. Projects whose standby is
# elsewhere move; the rest waits for the restart. It never fails: a stop must not hang on a controller that is away.
set -u
id="$(( ${POD_NAME##*-} + 1 ))"
node="$CONTROLLER/control/v1/node/$id"

ask() {
  curl --silent --show-error --max-time 5 --header "Authorization: Bearer $(cat "$TOKEN_FILE")" "$@"
}

ask --fail --output /dev/null --request PUT "$node/drain" || exit 0
end="$(( $(date +%s) + DRAIN_SECONDS ))"
while [ "$(date +%s)" -lt "$end" ]; do
  ask --fail "$node" | grep --quiet '"scheduling" *: *"Draining"' || exit 0
  sleep 1
done
