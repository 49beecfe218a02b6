#!/usr/bin/env bash
# Stands in for aws, docker, helm, trivy and the other tools of a build: writes down how it was called, and does as much of the tool's work as the
# build looks at. $STATE holds what it knows: images, the parameter, the release. The call $FAIL fails, when it comes for the $FAIL_TIME-th time.
set -euo pipefail
name=$(basename "$0")
call="$name $*"
line=${call//$'\n'/ }
line=${line//$HOME/\~}
echo "$line" >>"$STATE/calls"
if [[ $line == "${FAIL:-}" && $(grep --count --fixed-strings --line-regexp -e "$line" "$STATE/calls") == "$FAIL_TIME" ]]; then
  echo "$call: AccessDenied on purpose" >&2
  exit 1
fi

# after prints the argument that follows one, nothing where it is missing.
after() {
  local wanted=$1
  shift
  while (($# > 1)); do
    if [[ $1 == "$wanted" ]]; then
      echo "$2"
      return
    fi
    shift
  done
}
# image prints where an image of a registry is known: by profile, repository, and tag or digest.
image() { echo "$STATE/images/$(after --profile "$@")/$(after --repository-name "$@")/$(after --image-ids "$@")"; }
know() { # repository, tag, digest
  local folder="$STATE/images//$1"
  mkdir -p "$folder"
  echo "$3" | tee "$folder/imageTag=$2" >"$folder/imageDigest=$3"
  echo "$2" >>"$folder/imageDigest=$3.tags"
}

case "$call" in
"aws ecr get-login-password"*) echo password ;;
"aws ecr describe-images"*)
  found=$(image "$@")
  if [[ ! -e $found ]]; then
    echo "An error occurred (ImageNotFoundException) when calling the DescribeImages operation" >&2
    exit 254
  fi
  if [[ $call == *imageTags* ]]; then
    paste --serial "$STATE/images//$(after --repository-name "$@")/$(after --image-ids "$@").tags"
  else
    cat "$found"
  fi
  ;;
"aws ecr batch-get-image"*) echo '{"schemaVersion": 2}' ;;
"aws ecr put-image"*) know "$(after --repository-name "$@")" "$(after --image-tag "$@")" "$(after --image-digest "$@")" ;;
"aws codepipeline list-pipeline-executions"*) cat "$STATE/run" ;;
"aws ssm get-parameter"*) cat "$STATE/parameter$(after --profile "$@")" ;;
"aws ssm put-parameter"*) after --value "$@" >"$STATE/parameter" ;;
"docker login"* | "helm registry login"*) [[ $(cat) == password ]] ;;
"docker push"*) know "$REPOSITORY_NAME" "${2##*:}" "$BUILT_DIGEST" ;;
"docker buildx imagetools create"*) know "$REPOSITORY_NAME" "$(after --tag "$@" | cut --delimiter : --fields 2)" "${COPIED_DIGEST:-sha256:${call##*@sha256:}}" ;;
"helm show chart"*) cat "$3/Chart.yaml" ;;
"helm package"*)
  mkdir -p "$4"
  name=$(sed -n 's/^name: //p' "$2/Chart.yaml")
  env PATH="$REAL_PATH" tar --create --gzip --file "$4/$name-$(sed -n 's/^version: //p' "$2/Chart.yaml").tgz" --directory "$(dirname "$2")" "$(basename "$2")"
  ;;
"helm push"*)
  cp "$2" "$STATE/published.tgz"
  know "$CHART_REPOSITORY_NAME" "$(basename "$2" .tgz | sed "s/^$(basename "$CHART")-//")" sha256:chart
  ;;
"helm pull"*)
  mkdir -p "$(after --untardir "$@")"
  env PATH="$REAL_PATH" tar --extract --gzip --file "$STATE/published.tgz" --directory "$(after --untardir "$@")"
  ;;
"helm get all"*) cat "$STATE/release" ;;
"helm upgrade"*) echo "deployed $(after --version "$@") $REPOSITORY@$IMAGE_DIGEST" >"$STATE/release" ;;
"curl"*) echo -n "${DOWNLOAD:-a tool}" >"$(after --output "$@")" ;;
"sleep"*) if [[ -e $STATE/later ]]; then bash "$STATE/later"; fi ;;
"tar"*/usr/local/bin*) ;; # there is nothing in the download
"tar"*) exec env PATH="$REAL_PATH" tar "$@" ;;
esac
