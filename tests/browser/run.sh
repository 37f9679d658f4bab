#!/bin/sh
# Every screen in a real browser: makes the demonstration archive, serves it, and lets `node --test` use it as a person
# would. Leaves nothing behind.
#
#   tests/browser/run.sh                     everything
#   tests/browser/run.sh inbox search        only inbox.test.mjs and search.test.mjs
#
# KRONIKA_BIN and KRONIKA_DEMO_BIN name built programs to use instead of building them; CHROMIUM a browser.
set -eu
cd "$(dirname "$0")"

fail() {
    echo "tests/browser: $1" >&2
    exit 1
}

if [ -z "${CHROMIUM:-}" ]; then
    CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
        fail "there is no Chromium; install the package chromium, or name one in \$CHROMIUM"
fi
[ -d node_modules/playwright-core ] && [ ! package-lock.json -nt node_modules ] || {
    npm ci --no-audit --no-fund --silent
    touch node_modules
}

if [ -z "${KRONIKA_BIN:-}" ] || [ -z "${KRONIKA_DEMO_BIN:-}" ]; then
    (cd ../.. && cargo build -p kronika -p kronika-demo)
    built=$(cd ../.. && cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/debug
    KRONIKA_BIN=${KRONIKA_BIN:-$built/kronika}
    KRONIKA_DEMO_BIN=${KRONIKA_DEMO_BIN:-$built/kronika-demo}
fi

dir=$(mktemp -d)
server=
clean() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
    rm -rf "$dir"
}
trap clean EXIT
trap 'exit 130' INT TERM

"$KRONIKA_DEMO_BIN" "$dir/mail"
"$KRONIKA_BIN" demo --data "$dir/data" --from "$dir/mail" >"$dir/demo.log" || fail "$(cat "$dir/demo.log")"
# One account per language, so that files that run side by side do not change each other's pages.
echo "a long sentence nobody guesses" >"$dir/password"
for language in pl sk ru en; do
    "$KRONIKA_BIN" user add --data "$dir/data" --password-file "$dir/password" --language $language "reader-$language" >/dev/null
done

# A test's own program is told at this machine's address.
printf '\n[outgoing]\nallow = ["127.0.0.1"]\n' >>"$dir/data/kronika.toml"
"$KRONIKA_BIN" serve --data "$dir/data" --listen 127.0.0.1:0 --requests-a-minute 1000000 --address-file "$dir/address" >"$dir/serve.log" 2>&1 &
server=$!
tries=0
until [ -s "$dir/address" ]; do
    kill -0 "$server" 2>/dev/null && [ $tries -lt 300 ] || fail "the server did not start: $(cat "$dir/serve.log")"
    tries=$((tries + 1))
    sleep 0.1
done

KRONIKA_ADDRESS=$(cat "$dir/address")
KRONIKA_PASSWORD=$(cat "$dir/password")
KRONIKA_OWNER_PASSWORD=$(sed -n 's/^password: //p' "$dir/data/demonstration-login.txt")
KRONIKA_MAIL=$dir/mail
# Whose commands a test runs when it names no other archive.
KRONIKA_DATA=$dir/data
export CHROMIUM KRONIKA_DATA KRONIKA_BIN KRONIKA_ADDRESS KRONIKA_PASSWORD KRONIKA_OWNER_PASSWORD KRONIKA_MAIL

if [ $# -gt 0 ]; then
    tests=
    for name; do tests="$tests $name.test.mjs"; done
else
    tests=$(ls ./*.test.mjs)
fi
# shellcheck disable=SC2086 # the list is words
node --test --test-concurrency="$(getconf _NPROCESSORS_ONLN)" --test-timeout=240000 $tests || {
    status=$?
    grep -E 'ERROR|WARN|panicked' "$dir/serve.log" >&2 || true
    exit $status
}
