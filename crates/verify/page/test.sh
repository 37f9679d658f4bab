#!/bin/sh
# Builds the page and holds it to the command: both must say the same of the same packages.
set -eu
cd "$(dirname "$0")/../../.."

if ! rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null | xargs test -d; then
    echo "crates/verify/page: SKIPPED, because the compiler lacks wasm32-unknown-unknown; rustup target add gets it" >&2
    exit 0
fi
target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
crates/verify/page/build.sh "$target/kronika-verify.html"
KRONIKA_VERIFY_PAGE=$target/kronika-verify.html cargo test --quiet --workspace --test command the_page
