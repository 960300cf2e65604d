# Writes the files a pageserver reads at its start. POD_NAME ends in the ordinal; HOST_SUFFIX, WORK_DIRECTORY and
# CONFIG say where things are; CONTROLLER_TOKEN goes to the file because a pageserver takes it from nowhere else.
set -eu
umask 077
ordinal="${POD_NAME##*-}"
mkdir -p "$WORK_DIRECTORY"
cd "$WORK_DIRECTORY"

put() {
  cat > "$1.new"
  mv "$1.new" "$1"
}

echo "id = $((ordinal + 1))" | put identity.toml
{
  # Before the tables of the file, as it is a key of none of them.
  echo "control_plane_api_token = \"$CONTROLLER_TOKEN\""
  cat "$CONFIG/pageserver.toml"
} | put pageserver.toml
# Without a zone a pageserver does not start.
put metadata.json <<METADATA
{"host": "$POD_NAME$HOST_SUFFIX", "port": $PAGES_PORT,
 "http_host": "$POD_NAME$HOST_SUFFIX", "http_port": $HTTP_PORT, "https_port": null,
 "grpc_host": null, "grpc_port": null,
 "availability_zone_id": "$DOMAIN_PREFIX-$ordinal"}
METADATA
