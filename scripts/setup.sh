#!/bin/sh
# Gets everything the repository needs that a clone does not bring: Go modules and the cdktf CLI. Silent when there is
# nothing to do, so that every target can call it; safe to interrupt, and to run twice at a time.
set -eu
cd "$(dirname "$0")/.."

scripts/doctor.sh

# First, and apart: two modules that some Go proxies lack, without which nothing that imports them builds.
go run ./internal/gomodules
go mod download

# node-pty, which the CLI runs Terraform in, is native: another major version of Node needs another installation.
node_major=$(node --version)
wanted="$(cksum <package.json) $(cksum <package-lock.json) node ${node_major%%.*}"
stamp=.titan/stamps/npm
in_step() {
	[ -x node_modules/.bin/cdktf ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]
}
if ! in_step; then
	echo 'installing the cdktf CLI'
	mkdir -p .titan/stamps
	find .titan -maxdepth 1 -name 'npm.*' -mtime +0 -exec rm -rf {} + # what kill -9 left
	# Installed aside and moved into place whole: a run that is killed leaves the installation as it was.
	stage=$(mktemp -d .titan/npm.XXXXXX)
	trap 'rm -rf "$stage"' EXIT
	trap 'exit 130' INT TERM HUP
	cp package.json package-lock.json "$stage"
	if ! (cd "$stage" && npm ci --no-audit --no-fund --loglevel=error >npm.log 2>&1); then
		cat "$stage/npm.log" >&2
		echo 'npm ci failed, see above; the npm registry has to be reachable' >&2
		exit 1
	fi
	if ! in_step; then # else another run was faster
		rm -f "$stamp"
		if [ -e node_modules ]; then mv node_modules "$stage/old"; fi
		mv "$stage/node_modules" node_modules
		echo "$wanted" >"$stage/stamp"
		mv "$stage/stamp" "$stamp"
	fi
fi
