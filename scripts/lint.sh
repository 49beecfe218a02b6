#!/bin/sh
# Runs gofmt, go vet and golangci-lint over the whole repository and fails on any finding.
set -eu
cd "$(dirname "$0")/.."

# The last golangci-lint that builds with Go 1.25, which go.mod asks for.
version=v2.12.2
# A linter built by an older Go can't read the standard library of a newer one, hence the Go version in the name.
linter=.titan/bin/golangci-lint-$version-$(go env GOVERSION)

if [ ! -x "$linter" ]; then
	echo "building golangci-lint $version, once, a minute or two"
	mkdir -p .titan/bin
	stage=$(mktemp -d .titan/bin/stage.XXXXXX)
	trap 'rm -rf "$stage"' EXIT
	trap 'exit 130' INT TERM HUP
	if ! GOBIN="$PWD/$stage" go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version" >"$stage/log" 2>&1; then
		cat "$stage/log" >&2
		exit 1
	fi
	mv "$stage/golangci-lint" "$linter"
fi

# Findings kept from another checkout name files that are gone, whose //nolint lines can't be read.
export GOLANGCI_LINT_CACHE="$PWD/.titan/golangci-lint"

failed=0
unformatted=$(find . \( -name node_modules -o -name .titan -o -name cdktf.out -o -name .git \) -prune -o -name '*.go' -exec gofmt -l {} +)
if [ -n "$unformatted" ]; then
	echo 'not formatted; run gofmt -w on:' >&2
	echo "$unformatted" >&2
	failed=1
fi
go vet ./... || failed=1
"$linter" run ./... || failed=1
# The one module of its own that has Go of ours.
(cd tests/queries && go vet ./... && "../../$linter" run ./...) || failed=1
exit $failed
