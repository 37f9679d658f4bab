#!/bin/sh
# Starts the provider of OpenID Connect that tests sign in at. It prints its address, and ends with its standard input;
# prints nothing when it could not be installed.
set -eu
cd "$(dirname "$0")"

# Only one installs; the others wait.
exec 9>.lock
flock 9
[ -d node_modules/oidc-provider ] && [ ! package-lock.json -nt node_modules ] || {
    npm ci --no-audit --no-fund --silent || {
        echo "tests/openid: SKIPPED, because the provider could not be installed: npm does not reach its registry" >&2
        exit 0
    }
    touch node_modules
}
flock -u 9
exec node --no-warnings provider.mjs
