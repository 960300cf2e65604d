# Keeps every safekeeper registered at the storage controller and set active, for ever. A safekeeper that is in
# Pause or Decomissioned was put there by an operator and stays so. READY_FILE is there while all are registered.
set -u

ask() {
  token="$1"
  shift
  curl --silent --show-error --fail --max-time 5 --header 'Content-Type: application/json' \
    --header "Authorization: Bearer $(cat "$token")" "$@"
}

has() {
  printf '%s' "$1" | tr -d ' \n' | grep --quiet "$2"
}

register() {
  id="$(( $1 + 1 ))"
  host="$POD_PREFIX-$1$HOST_SUFFIX"
  zone="$DOMAIN_PREFIX-$1"
  url="$CONTROLLER/control/v1/safekeeper/$id"

  status="$(curl --silent --show-error --fail --max-time 5 "http://$host:$HTTP_PORT/v1/status")" || return 1
  if ! has "$status" "\"id\":$id[,}]"; then
    echo "safekeeper $host answers as $status instead of id $id: its volume belongs to another" >&2
    return 1
  fi

  known="$(ask "$INFRA_TOKEN" "$url" 2> /dev/null)" || known=""
  if ! { has "$known" "\"host\":\"$host\"" && has "$known" "\"availability_zone_id\":\"$zone\""; }; then
    echo "registering safekeeper $id as $host in $zone"
    ask "$INFRA_TOKEN" --request POST "$url" --data "{\"id\": $id, \"region_id\": \"$REGION\", \"version\": 1,
      \"host\": \"$host\", \"port\": $WAL_PORT, \"http_port\": $HTTP_PORT, \"https_port\": null,
      \"availability_zone_id\": \"$zone\", \"active\": null}" > /dev/null || return 1
    known="$(ask "$INFRA_TOKEN" "$url")" || return 1
  fi

  if has "$known" '"scheduling_policy":"Activating"'; then
    echo "setting safekeeper $id active"
    ask "$ADMIN_TOKEN" --request POST "$url/scheduling_policy" --data '{"scheduling_policy": "Active"}' \
      > /dev/null || return 1
  fi
}

while true; do
  missing=0
  ordinal=0
  while [ "$ordinal" -lt "$SAFEKEEPERS" ]; do
    register "$ordinal" || missing="$(( missing + 1 ))"
    ordinal="$(( ordinal + 1 ))"
  done
  if [ "$missing" -eq 0 ]; then
    : > "$READY_FILE"
  else
    rm -f "$READY_FILE"
  fi
  sleep "$INTERVAL_SECONDS"
done
