package delivery

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func builder(t *testing.T) *machine {
	return newMachine(t, map[string]string{
		"TRIVY_URL": trivy["amd64"].url, "TRIVY_SHA256": checksum(), "ARCHITECTURE": "amd64",
		"COMMIT": commit, "REQUESTED_DIGEST": fromCommit, "BUILT_DIGEST": digestA,
	})
}

func TestBuildTestsScansAndPushesInThisOrder(t *testing.T) {
	m := builder(t)
	calls := m.succeed(buildSpec)
	want := []string{
		"docker build --platform linux/amd64 --target test .", "docker build --platform linux/amd64 --tag", "trivy image",
		"docker push " + ownImages + ":" + commit,
	}
	last := -1
	for _, prefix := range want {
		at := slices.IndexFunc(calls, func(call string) bool { return strings.HasPrefix(call, prefix) })
		if at <= last {
			t.Errorf("%q is call %d, after %d:\n%s", prefix, at, last, strings.Join(calls, "\n"))
		}
		last = at
	}
	scan := which(calls, "trivy image")[0]
	for _, needed := range []string{"--severity HIGH,CRITICAL", "--exit-code 1", ownImages + ":" + commit} {
		if !strings.Contains(scan, needed) {
			t.Errorf("the scan is %q, without %q", scan, needed)
		}
	}
	if got := m.read("exported"); got != digestA {
		t.Errorf("handed on %q, want %s", got, digestA)
	}
}

func TestBuildOfACommitThatWasBuiltChangesNothing(t *testing.T) {
	m := builder(t)
	m.succeed(buildSpec)
	again := m.succeed(buildSpec)
	changed := slices.Concat(which(again, "docker build"), which(again, "docker push"), which(again, "trivy"))
	if len(changed) > 0 {
		t.Errorf("a second build makes %q", changed)
	}
	if got := m.read("exported"); got != digestA {
		t.Errorf("handed on %q, want %s", got, digestA)
	}
}

func TestBuildRollsBackToAnImageThatIsThere(t *testing.T) {
	m := builder(t)
	m.variables["REQUESTED_DIGEST"] = digestB
	m.fail(buildSpec, "has no such image")
	m.knows("", "titan-dev/birthday-app", "before", digestB)
	calls := m.succeed(buildSpec)
	if built := which(calls, "docker build"); len(built) > 0 || m.read("exported") != digestB {
		t.Errorf("built %q, handed on %q", built, m.read("exported"))
	}
}

func TestBuildFailsWhereAnyStepDoes(t *testing.T) {
	everyFailureFails(t, builder, buildSpec, nil)
	m := builder(t)
	m.variables["TRIVY_SHA256"] = strings.Repeat("0", 64)
	if calls := m.fail(buildSpec, "FAILED"); len(which(calls, "tar")) > 0 {
		t.Errorf("a wrong download was unpacked: %q", calls)
	}
}

func promoter(t *testing.T) *machine {
	m := newMachine(t, map[string]string{
		"COMMIT":                 commit,
		"REQUESTED_DIGEST":       fromCommit,
		"SOURCE_ENVIRONMENT":     "staging",
		"SOURCE_ROLE":            "arn:aws:iam::222222222222:role/titan-staging-promotion",
		"SOURCE_REGION":          "eu-west-1",
		"SOURCE_PIPELINE":        "titan-staging-birthday-app",
		"SOURCE_REGISTRY":        "there",
		"SOURCE_REPOSITORY":      "there/titan-staging/birthday-app",
		"SOURCE_REPOSITORY_NAME": "titan-staging/birthday-app", "SOURCE_PARAMETER": "/titan-staging/birthday-app/image",
	})
	m.knows("source", "titan-staging/birthday-app", commit, digestA)
	m.write("parametersource", "there/titan-staging/birthday-app@"+digestA)
	m.write("run", "InProgress")
	return m
}

func TestPromotionCopiesWhatRunsThere(t *testing.T) {
	m := promoter(t)
	calls := m.succeed(promoteSpec)
	want := "docker buildx imagetools create --prefer-index=false --tag " + ownImages +
		":promoted-aaaaaaaaaaaa there/titan-staging/birthday-app@" + digestA
	if got := which(calls, "docker buildx"); !slices.Equal(got, []string{want}) {
		t.Errorf("copies %q, want %q", got, want)
	}
	if got := m.read("exported"); got != digestA {
		t.Errorf("handed on %q, want %s", got, digestA)
	}
	if again := which(m.succeed(promoteSpec), "docker buildx"); len(again) > 0 {
		t.Errorf("a second promotion copies %q", again)
	}
}

func TestPromotionWaitsForTheCommit(t *testing.T) {
	m := promoter(t)
	m.write("parametersource", "there/titan-staging/birthday-app@"+digestB) // the commit before
	m.fail(promoteSpec, "staging does not run the image of commit "+commit)

	m.variables["WAIT_SECONDS"] = "600"
	m.write("later", "echo there/titan-staging/birthday-app@"+digestA+" >\"$STATE/parametersource\"")
	if slept := which(m.succeed(promoteSpec), "sleep 1"); len(slept) != 1 {
		t.Errorf("slept %d times, want once", len(slept))
	}
}

// While one commit is in its stage, the next waits before it: the mending one, where this one has failed.
func TestABadCommitDoesNotHoldThePipeline(t *testing.T) {
	for _, run := range []string{"Cancelled", "Failed", "Stopped", "Succeeded", "Superseded"} {
		m := promoter(t)
		m.variables["WAIT_SECONDS"] = "5400"
		m.write("parametersource", "there/titan-staging/birthday-app@"+digestB)
		m.write("run", run)
		if slept := which(m.fail(promoteSpec, "whose run in titan-staging-birthday-app is "+run), "sleep"); len(slept) > 0 {
			t.Errorf("%s: slept %d times", run, len(slept))
		}
	}
	m := promoter(t) // which has failed after its deployment, in the second region
	m.write("run", "Failed")
	m.succeed(promoteSpec)

	m = promoter(t) // whose run has not begun
	m.variables["WAIT_SECONDS"] = "5400"
	m.write("parametersource", "there/titan-staging/birthday-app@"+digestB)
	m.write("run", "None")
	m.write("later", "echo there/titan-staging/birthday-app@"+digestA+" >\"$STATE/parametersource\"")
	if slept := which(m.succeed(promoteSpec), "sleep 1"); len(slept) != 1 {
		t.Errorf("slept %d times, want once", len(slept))
	}
}

func TestPromotionTakesNothingThatDoesNotRunThere(t *testing.T) {
	m := promoter(t)
	m.knows("source", "titan-staging/birthday-app", "other", digestB)
	m.variables["REQUESTED_DIGEST"] = digestB
	if calls := m.fail(promoteSpec, "which is not in "+ownImages); len(which(calls, "docker buildx")) > 0 {
		t.Errorf("copied all the same: %q", calls)
	}
	m.knows("", "titan-dev/birthday-app", "promoted-bbbbbbbbbbbb", digestB) // promoted once: a roll back
	if m.succeed(promoteSpec); m.read("exported") != digestB {
		t.Errorf("handed on %q, want %s", m.read("exported"), digestB)
	}
}

func TestPromotionRefusesACopyWithAnotherDigest(t *testing.T) {
	m := promoter(t)
	m.variables["COPIED_DIGEST"] = digestB
	m.fail(promoteSpec, "has another digest")
}

func TestPromotionFailsWhereAnyStepDoes(t *testing.T) {
	everyFailureFails(t, promoter, promoteSpec, nil)
}

func publisher(t *testing.T) *machine {
	m := newMachine(t, map[string]string{
		"HELM_URL": helm.url, "HELM_SHA256": checksum(), "CHART": "oci://registry/titan-dev/charts/birthday-app",
		"CHART_REPOSITORY_NAME": "titan-dev/charts/birthday-app", "CHART_FOLDER": "charts/birthday-app",
	})
	m.chart("name: birthday-app\nversion: 1.2.3\n")
	return m
}

func (m *machine) chart(text string) {
	folder := filepath.Join(m.work, "charts", "birthday-app")
	must(m.t, os.MkdirAll(folder, 0o700))
	must(m.t, os.WriteFile(filepath.Join(folder, "Chart.yaml"), []byte(text), 0o600))
}

func TestChartIsPublishedOnceAVersion(t *testing.T) {
	m := publisher(t)
	if got := which(m.succeed(publishSpec), "helm push"); len(got) != 1 ||
		!strings.HasSuffix(got[0], "birthday-app-1.2.3.tgz oci://registry/titan-dev/charts") {
		t.Errorf("pushed %q", got)
	}
	if again := which(m.succeed(publishSpec), "helm push"); len(again) > 0 {
		t.Errorf("a second time it pushes %q", again)
	}
}

// Helm pushes to the repository of a chart's name, which is the application's, whatever the chart in the folder is
// called.
func TestAChartIsPublishedUnderTheApplicationsName(t *testing.T) {
	m := publisher(t)
	m.chart("name: anything\nversion: 1.2.3\n")
	if got := which(m.succeed(publishSpec), "helm push"); len(got) != 1 ||
		!strings.Contains(got[0], "/birthday-app-1.2.3.tgz ") {
		t.Errorf("pushed %q", got)
	}
}

func TestAChangedChartNeedsAnotherVersion(t *testing.T) {
	m := publisher(t)
	m.succeed(publishSpec)
	must(t, os.RemoveAll(m.home))
	must(t, os.Mkdir(m.home, 0o700))
	m.chart("name: birthday-app\nversion: 1.2.3\ndescription: changed\n")
	m.fail(publishSpec, "differs from its published version 1.2.3: raise version in its Chart.yaml")
}

func TestPublishingFailsWhereAnyStepDoes(t *testing.T) {
	everyFailureFails(t, publisher, publishSpec, nil)
	everyFailureFails(t, func(t *testing.T) *machine {
		m := publisher(t)
		m.succeed(publishSpec)
		return m
	}, publishSpec, nil)
}

func deploying(t *testing.T) *machine {
	m := newMachine(t, map[string]string{
		"HELM_URL":      helm.url,
		"HELM_SHA256":   checksum(),
		"CHART":         "oci://registry/titan-dev/charts/birthday-app",
		"CHART_VERSION": "0.1.0",
		"PARAMETER":     "/titan-dev/birthday-app/image", "CLUSTER": "titan-dev-cluster", "NAMESPACE": "birthday",
		"RELEASE": "birthday-app", "IMAGE_DIGEST": digestA,
	})
	m.knows("", "titan-dev/birthday-app", commit, digestA)
	m.write("parameter", PlaceholderImage)
	m.write("release", "deployed 0.1.0 "+PlaceholderImage)
	return m
}

func TestDeploymentWritesTheParameterThenUpgrades(t *testing.T) {
	m := deploying(t)
	calls := m.succeed(deploySpec)
	want := "helm upgrade birthday-app oci://registry/titan-dev/charts/birthday-app --version 0.1.0 --install " +
		"--namespace birthday --atomic --timeout 10m --reset-then-reuse-values --set-string " +
		"image.repository=" + ownImages + " --set-string image.digest=" + digestA
	if got := which(calls, "helm upgrade"); !slices.Equal(got, []string{want}) {
		t.Errorf("upgrades by %q, want %q", got, want)
	}
	written := slices.IndexFunc(calls, func(call string) bool { return strings.HasPrefix(call, "aws ssm put-parameter") })
	marked := slices.IndexFunc(calls, func(call string) bool {
		return strings.HasPrefix(call, "aws ecr put-image") && strings.Contains(call, "release-aaaaaaaaaaaa")
	})
	if upgraded := slices.Index(calls, want); marked < 0 || written < marked || upgraded < written {
		t.Errorf("marked %d, written %d, upgraded %d:\n%s", marked, written, upgraded, strings.Join(calls, "\n"))
	}
	if got := m.read("parameter"); got != ownImages+"@"+digestA {
		t.Errorf("the parameter is %q", got)
	}
}

func TestDeploymentOfWhatRunsChangesNothing(t *testing.T) {
	m := deploying(t)
	m.succeed(deploySpec)
	again := m.succeed(deploySpec)
	changed := slices.Concat(which(again, "aws ssm put"), which(again, "aws ecr put"), which(again, "helm upgrade"))
	if len(changed) > 0 {
		t.Errorf("a second deployment makes %q", changed)
	}
	m.variables["CHART_VERSION"] = "0.2.0"
	if upgraded := which(m.succeed(deploySpec), "helm upgrade"); len(upgraded) != 1 {
		t.Errorf("another chart upgrades %q", upgraded)
	}
}

func TestFailedReleasePutsTheParameterBack(t *testing.T) {
	m := deploying(t)
	calls := m.succeed(deploySpec)

	m = deploying(t)
	m.variables["FAIL"], m.variables["FAIL_TIME"] = which(calls, "helm upgrade")[0], "1"
	m.fail(deploySpec, "says "+PlaceholderImage+" again")
	if got := m.read("parameter"); got != PlaceholderImage {
		t.Errorf("the parameter is %q, want the image that ran before", got)
	}
}

func TestDeploymentRefusesWhatIsNoDigestAndWhatIsNotThere(t *testing.T) {
	m := deploying(t)
	m.variables["IMAGE_DIGEST"] = "latest"
	m.fail(deploySpec, "IMAGE_DIGEST is 'latest', not the digest of an image")
	m.variables["IMAGE_DIGEST"] = digestB
	if calls := m.fail(deploySpec, "there is no "+ownImages+"@"+digestB); len(which(calls, "aws ssm put")) > 0 {
		t.Errorf("wrote the parameter all the same: %q", calls)
	}
}

func TestDeploymentWaitsForAReplica(t *testing.T) {
	m := deploying(t)
	m.variables["IMAGE_DIGEST"], m.variables["WAIT_SECONDS"] = digestB, "600"
	folder := filepath.Join(m.state, "images", "titan-dev", "birthday-app")
	m.write("later",
		"echo "+digestB+" >"+folder+"/imageDigest="+digestB+"; echo tag >"+folder+"/imageDigest="+digestB+".tags")
	if slept := which(m.succeed(deploySpec), "sleep 1"); len(slept) != 1 {
		t.Errorf("slept %d times, want once", len(slept))
	}
}

func TestDeploymentFailsWhereAnyStepDoes(t *testing.T) {
	// A first release has nothing to be got.
	everyFailureFails(t, deploying, deploySpec, regexp.MustCompile(`^helm get all`))
}
