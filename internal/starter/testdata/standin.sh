#!/bin/bash
# Is every program that a workflow's steps call. It records the call, and fails the one that it is told to.
call="$(basename "$0") $*"
echo "$call" >>"$STATE/calls"
if [[ "$call" == "$FAIL" ]]; then exit 1; fi
case "$call" in
"go tool titan plan "*)
	mkdir -p plans/stacks/dev/.terraform
	echo plan >plans/dev.tfplan
	echo provider >plans/stacks/dev/.terraform/aws
	echo "$PLANS" >plans/plans.json
	;;
"go tool titan review "*)
	printf '%s' "$REVIEW"
	exit "${REVIEW_CODE:-0}"
	;;
"go tool titan deploy "*)
	test -e plans/dev.tfplan # what is applied was planned
	;;
"aws s3 cp s3://"*) cp "$STATE/bucket" "$4" ;;
"aws s3 cp "*) cp "$3" "$STATE/bucket" ;;
"gh api --paginate "*) jq -r "${@: -1}" <<<"$COMMENTS" ;;
"gh issue list "*) jq -r "${@: -1}" <<<"$ISSUES" ;;
"gh api --method "*) cat comment.md >>"$STATE/written" ;;
"gh issue edit "* | "gh issue create "*) cat issue.md >>"$STATE/written" ;;
esac
