#!/bin/sh
# The API held to its own description: makes the demonstration archive, serves it, and lets schemathesis send what the
# description allows and much that it does not. Leaves nothing behind.
#
#   tests/api/run.sh                     two minutes and a little
#   tests/api/run.sh --max-examples 500  more thoroughly; what is given goes to schemathesis
#
# KRONIKA_BIN and KRONIKA_DEMO_BIN name built programs to use instead of building them; SCHEMATHESIS an installed one.
set -eu
cd "$(dirname "$0")/../.."

fail() {
    echo "tests/api: $1" >&2
    exit 1
}

target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
version=4.32.5
if [ -z "${SCHEMATHESIS:-}" ]; then
    venv=$target/schemathesis
    SCHEMATHESIS=$venv/bin/schemathesis
    "$SCHEMATHESIS" --version 2>/dev/null | grep -qF "$version" || {
        rm -rf "$venv"
        python3 -m venv "$venv" ||
            fail "python3 cannot make environments; install the package python3-venv"
        if ! "$venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"; then
            rm -rf "$venv"
            echo "tests/api: SKIPPED, because schemathesis could not be installed: pip does not reach its registry" >&2
            exit 0
        fi
    }
fi

if [ -z "${KRONIKA_BIN:-}" ] || [ -z "${KRONIKA_DEMO_BIN:-}" ]; then
    cargo build -p kronika -p kronika-demo
    KRONIKA_BIN=${KRONIKA_BIN:-$target/debug/kronika}
    KRONIKA_DEMO_BIN=${KRONIKA_DEMO_BIN:-$target/debug/kronika-demo}
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
echo "a long sentence nobody guesses" >"$dir/password"
"$KRONIKA_BIN" user add --data "$dir/data" --password-file "$dir/password" schemathesis >/dev/null
# The last owner cannot be removed: so what is sent does not end the account it is sent for.
"$KRONIKA_BIN" user role --data "$dir/data" ewa member >/dev/null
token=$("$KRONIKA_BIN" token make --data "$dir/data" schemathesis --account schemathesis --scope read,record,assign,manage,people --days 1)

"$KRONIKA_BIN" serve --data "$dir/data" --listen 127.0.0.1:0 --address-file "$dir/address" >"$dir/serve.log" 2>&1 &
server=$!
tries=0
until [ -s "$dir/address" ]; do
    kill -0 "$server" 2>/dev/null && [ $tries -lt 300 ] || fail "the server did not start: $(cat "$dir/serve.log")"
    tries=$((tries + 1))
    sleep 0.1
done
address=$(cat "$dir/address")
case $address in http*) ;; *) address=http://$address ;; esac
address=${address%/}

# What the description allows may still be refused: whether an address is one, no pattern says. Links that are guessed
# from Location headers lead to operations that take no such thing.
SCHEMATHESIS_HOOKS=$PWD/tests/api/hooks.py
export SCHEMATHESIS_HOOKS
held() {
    timeout 200 "$SCHEMATHESIS" run "$address/api/v1/openapi.json" --url "$address/api/v1" \
        --header "Authorization: Bearer $token" --mode all --max-examples 20 \
        --exclude-checks positive_data_acceptance --seed 20261126 --no-color --warnings off "$@" || {
        grep -E 'ERROR|panicked' "$dir/serve.log" >&2 || true
        fail "the API is not as it is described; see above"
    }
}

# The first id of a list.
first() {
    python3 -c 'import json, sys, urllib.request as web
asked = web.Request(sys.argv[1], headers={"Authorization": "Bearer " + sys.argv[2]})
print(json.load(web.urlopen(asked))["items"][0]["id"])' "$address/api/v1$1" "$token"
}

inference='[phases.stateful.inference]
algorithms = ["dependency-analysis"]'
cd "$dir"
echo "$inference" >schemathesis.toml
held --max-time 70 "$@"

# Ids made up at random name nothing; now with some that do.
client=$(first /clients)
interaction=$(first /inbox)
printf '%s\n[parameters]\n"path.client" = "%s"\n"path.interaction" = "%s"\n"path.number" = "1"\n' \
    "$inference" "$client" "$interaction" >schemathesis.toml
held --max-time 50 --phases examples,coverage,fuzzing "$@"
