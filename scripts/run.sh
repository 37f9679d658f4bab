#!/bin/sh
# Serves the archive in $KRONIKA_DATA (default ./kronika-data). Without one, makes the demonstration archive first.
set -eu

cd "$(dirname "$0")/.."
KRONIKA_DATA=${KRONIKA_DATA:-./kronika-data}
export KRONIKA_DATA
bin=${CARGO_TARGET_DIR:-target}/release

# Loads into a folder beside, and moves kronika.toml last: only what is whole is ever taken for an archive.
make_demo() {
    loading=$KRONIKA_DATA/.loading
    if [ -n "$(find "$KRONIKA_DATA" -mindepth 1 ! -path "$loading*" -print -quit 2>/dev/null)" ]; then
        echo "run: $KRONIKA_DATA is not empty, but holds no archive; set KRONIKA_DATA to another folder" >&2
        exit 1
    fi
    mail=$(mktemp -d)
    trap 'rm -rf "$mail"' EXIT
    trap 'exit 130' INT TERM
    rm -rf "$loading"
    mkdir -p "$loading"
    "$bin/kronika-demo" "$mail"
    # Its login is shown below, as at every later start.
    "$bin/kronika" demo --data "$loading" --from "$mail" >/dev/null
    find "$loading" -mindepth 1 -maxdepth 1 ! -name kronika.toml -exec mv -t "$KRONIKA_DATA" {} +
    mv "$loading/kronika.toml" "$KRONIKA_DATA/"
    rmdir "$loading"
    rm -rf "$mail"
    trap - EXIT INT TERM
}

[ -e "$KRONIKA_DATA/kronika.toml" ] || make_demo
cat "$KRONIKA_DATA/demonstration-login.txt" 2>/dev/null || true
exec "$bin/kronika" serve
