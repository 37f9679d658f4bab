#!/bin/sh
# Installs the Debian or Ubuntu packages that Kronika needs and this machine lacks.
#
#   scripts/setup.sh run     what building and running takes
#   scripts/setup.sh test    that, and what the tests hold it against
#   scripts/setup.sh bench   that, and what the benchmarks compare it with
#
# Says what it installs before it does. What is there is left alone, and then nothing is downloaded at all.
set -eu

for_what=${1:-run}
case $for_what in
run | test | bench) ;;
*)
    echo "usage: scripts/setup.sh run|test|bench" >&2
    exit 2
    ;;
esac

fail() {
    echo "setup: $1" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# The major version of node, 0 without it.
node_version() {
    node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p' | grep . || echo 0
}

# The newest PostgreSQL server, 0 without one.
postgres_version() {
    for initdb in /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$initdb" ] && echo "$initdb"
    done | sed 's|.*/postgresql/\([0-9]*\)/.*|\1|' | sort -n | tail -1 | grep . || echo 0
}

missing=
need() { missing="$missing $*"; }

lacking_for_run() {
    has cc && has make || need build-essential
    has pkg-config || need pkg-config
    [ -e /usr/include/openssl/ssl.h ] || need libssl-dev
    [ "$(node_version)" -ge 18 ] || need nodejs
    has npm || need npm
    has pdftotext || need poppler-utils
}

lacking_for_test() {
    lacking_for_run
    [ "$(postgres_version)" -ge 15 ] || need postgresql
    has chromium || has chromium-browser || has google-chrome || need chromium
    has go || need golang-go
    [ -d /usr/share/gocode/src/golang.org/x/mod ] || need golang-golang-x-mod-dev
    has python3 || need python3
    python3 -c "import ensurepip" 2>/dev/null || need python3-venv
    has zstd || need zstd
    has openssl || need openssl
    has unzip || need unzip
    has xxd || need xxd
    has qpdf || need qpdf
}

lacking_for_bench() {
    lacking_for_test
    has notmuch || need notmuch
    has mu || need maildir-utils
    has hyperfine || need hyperfine
    has wrk || need wrk
    [ -x /usr/bin/time ] || need time
}

install() {
    has apt-get || fail "these packages are missing and there is no apt-get to install them:$missing"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        has sudo || fail "install these packages as root, then start again:$missing"
        as_root=sudo
    fi
    echo "setup: installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq </dev/null
    # shellcheck disable=SC2086 # the list is words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing </dev/null
}

toolchain() {
    cargo --version >/dev/null 2>&1 || fail "there is no Rust toolchain; install one with rustup, then start again"
    [ "$for_what" = run ] && return
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
}

toolchain
"lacking_for_$for_what"
[ -z "$missing" ] || install
[ "$(node_version)" -ge 18 ] ||
    fail "node $(node_version) is too old for the interface's build; install node 18 or newer"
[ "$for_what" = run ] || [ "$(postgres_version)" -ge 15 ] ||
    fail "the tests need a PostgreSQL server of version 15 or newer; this system offers an older one"
