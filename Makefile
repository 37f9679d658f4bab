# `make run` and `make test` are all that is needed; `make help` lists the rest.

.PHONY: help setup run demo check test bench
.DEFAULT_GOAL := help

help:
	@echo "make run     build Kronika and serve ./kronika-data (or \$$KRONIKA_DATA); the first time with a demonstration"
	@echo "make test    everything that must hold before a change goes in: style, lints, tests, the pages in a browser, the API"
	@echo "make check   only style and lints"
	@echo "make demo    write the demonstration's mail to ./demo-mail (or \$$DEMO)"
	@echo "make bench   measure against notmuch, mu and openssl; PART=import measures one thing (see bench/README.md)"
	@echo "make setup   install what building and running takes; the other targets install what they need themselves"

setup:
	@scripts/setup.sh run

run: setup
	@cargo build --release -p kronika -p kronika-demo -p kronika-typeset
	@scripts/run.sh

demo: setup
	@cargo run --release -p kronika-demo -- $(or $(DEMO),demo-mail)

check:
	@cargo fmt --all --check
	@cargo clippy --workspace --all-targets -- -D warnings

# The lints ride along with the build: clippy is the compiler of our own crates here, as it is for `cargo clippy`, but what
# it compiles is run, so that nothing is compiled twice. The name of the variable is its own for "-D warnings".
test: export RUSTC_WORKSPACE_WRAPPER = clippy-driver
test: export CLIPPY_ARGS = -D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
test:
	@scripts/setup.sh test
	@cargo fmt --all --check
	@cargo test --workspace --all-targets --no-run
	@cargo test --workspace
	@# The programs that were built with the tests: by themselves, what they need would be built once more with other features.
	@built=$$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/debug; \
	export KRONIKA_BIN=$$built/kronika KRONIKA_DEMO_BIN=$$built/kronika-demo; \
	tests/browser/run.sh && tests/api/run.sh
	@crates/verify/page/test.sh

bench:
	@scripts/setup.sh bench
	@cargo build --release -p kronika
	@bench/run.sh $(PART)
