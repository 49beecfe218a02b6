#!/bin/sh
# Gets everything the repository needs that a clone does not bring: Go modules and the cdktf CLI (`titan setup`). Silent
# when there is nothing to do, so that every target can call it; safe to interrupt, and to run twice at a time.
set -eu
cd "$(dirname "$0")/.."

# Without Go, or with one that is too old to build it, only a shell script can say what is missing.
if ! go build -o .titan/bin/titan ./cmd/titan; then
	scripts/doctor.sh
	exit 1
fi
exec .titan/bin/titan setup
