#!/bin/sh
# Checks the tools that have to be there before anything else can run, and names everything that is wrong at once.
# A shell script, because a Go program can't report that Go is missing. Silent when all is well.
set -eu
cd "${TITAN_ROOT:-$(dirname "$0")/..}"

problems=''

# problem TOOL WHAT-IS-WRONG NEEDED WHAT-TO-DO
problem() {
	problems="$problems
  $1: $2; needs $3; $4"
}

# older A B: is version A, such as 1.9.1, before version B?
older() {
	awk -v a="$1" -v b="$2" 'BEGIN {
		split(a, x, "."); split(b, y, ".")
		for (i = 1; i <= 3; i++) if (x[i] + 0 != y[i] + 0) exit !(x[i] + 0 < y[i] + 0)
		exit 1
	}'
}

# version_in PATTERN: the first version after PATTERN in standard input.
version_in() {
	sed -n "s/^$1\([0-9][0-9.]*\).*/\1/p" | head -n 1
}

# check TOOL VERSION NEEDED WHAT-TO-DO: VERSION is empty when the tool is missing or does not answer.
check() {
	if ! command -v "$1" >/dev/null 2>&1; then
		problem "$1" 'not found' "$3 or newer" "$4"
	elif [ -z "$2" ]; then
		problem "$1" "found at $(command -v "$1"), but it does not tell its version" "$3 or newer" "$4"
	elif older "$2" "$3"; then
		problem "$1" "found $2" "$3 or newer" "$4"
	fi
}

go_needed=$(version_in 'go ' <go.mod)
# Plain `go version` may answer with a newer toolchain that Go fetches by itself, and fails where it can't.
go_found=$( (go version || GOTOOLCHAIN=local go version) 2>/dev/null | version_in 'go version go' || :)
check go "$go_found" "$go_needed" 'install it from https://go.dev/dl'

# cdktf-cli 0.20.12 asks for Node 18.12; "overrides" in package.json needs npm 8.3.
node_found=$(node --version 2>/dev/null | version_in v || :)
check node "$node_found" 18.12 'install Node 22 from https://nodejs.org'
check npm "$(npm --version 2>/dev/null | version_in '' || :)" 8.3 'it comes with Node'

# The state's lock file in S3 (use_lockfile) and write-only arguments came with 1.10 and 1.11.
terraform_found=$(CHECKPOINT_DISABLE=1 terraform version 2>/dev/null | version_in 'Terraform v' || :)
check terraform "$terraform_found" 1.11 'install it from https://developer.hashicorp.com/terraform/install'

python_found=$(python3 --version 2>/dev/null | version_in 'Python ' || :)
check python3 "$python_found" 3.10 'install it from https://www.python.org/downloads'
# Debian and Ubuntu pack ensurepip, without which venv makes nothing, apart from Python.
if [ -n "$python_found" ] && ! older "$python_found" 3.10 && ! python3 -c 'import venv, ensurepip' >/dev/null 2>&1; then
	problem python3 "found $python_found without venv" 'the venv module' 'on Debian or Ubuntu: apt install python3-venv'
fi

if [ -n "$problems" ]; then
	printf 'tools missing or too old:%s\n' "$problems" >&2
	exit 1
fi

# Advice, not a fault: said once for each Node that is found.
if older "$node_found" 22; then
	said=".titan/stamps/node-$node_found"
	if [ ! -e "$said" ]; then
		echo "node $node_found works, but is past its end of life; prefer Node 22 or 24"
		mkdir -p .titan/stamps
		: >"$said"
	fi
fi
