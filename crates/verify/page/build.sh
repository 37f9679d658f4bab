#!/bin/sh
# Builds kronika-verify.html: one file that verifies evidence packages in a browser, also when opened from a disk, and
# sends nothing anywhere. Writes to the target directory, or where it is told.
#
#   crates/verify/page/build.sh [FILE]
#
# Needs the target once: rustup target add wasm32-unknown-unknown
set -eu
cd "$(dirname "$0")/../../.."

target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
out=${1:-$target/kronika-verify.html}

# What is given out is compiled by the compiler alone, whatever the caller's build is checked with.
env -u RUSTC_WORKSPACE_WRAPPER cargo rustc -p kronika-verify --lib --crate-type cdylib --target wasm32-unknown-unknown --release \
    --config profile.release.lto=true --config 'profile.release.opt-level="z"' --config profile.release.codegen-units=1 \
    --config 'profile.release.panic="abort"'
python3 - "$target/wasm32-unknown-unknown/release/kronika_verify.wasm" crates/verify/page/page.html "$out" <<'EOF'
import base64, pathlib, sys

module, page, out = map(pathlib.Path, sys.argv[1:])
text = page.read_text("utf-8")
assert text.count("@WASM@") == 1
out.write_text(text.replace("@WASM@", base64.b64encode(module.read_bytes()).decode()), "utf-8")
print(f"{out}: {out.stat().st_size // 1024} KiB")
EOF
