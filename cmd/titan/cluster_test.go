package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/fake"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/clusters"
	"github.com/titan-platform/titan/internal/crds"
)

var today = time.Date(2026, time.November, 29, 12, 0, 0, 0, time.UTC)

// described are options whose EKS knows the cluster, and takes down the role that asked.
func described(t *terminal, change func(*environments.Environment)) (o clusterOptions, role *string) {
	role = new(string)
	return clusterOptions{
		terminal: t,
		environments: func() ([]environments.Environment, error) {
			all := fixture()
			i := slices.IndexFunc(all, func(e environments.Environment) bool { return e.Name == "prod" })
			change(&all[i])
			return all, nil
		},
		settings: func(context.Context) error { return nil },
		describe: func(_ context.Context, e environments.Environment, as string) (clusters.Cluster, error) {
			*role = as
			return clusters.Cluster{ARN: "arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster", Name: e.ClusterName(),
				Endpoint: "https://A.eks.amazonaws.com", CA: []byte("pem")}, nil
		},
		environment: "prod",
	}, role
}

func TestKubeconfigIsWrittenAndSaysWhoIsLetIn(t *testing.T) {
	screen, out, _ := screen()
	o := kubeconfigOptions{out: filepath.Join(t.TempDir(), "config")}
	var role *string
	o.clusterOptions, role = described(screen, func(e *environments.Environment) {
		e.Account.Role = "arn:aws:iam::333333333333:role/terraform"
		e.Cluster.CloudShell = true
		e.Network.Access = []environments.NetworkAccess{
			{CIDR: "10.1.0.0/16", Gateway: "tgw-1", To: []environments.AccessTarget{environments.AccessAPI}},
			{CIDR: "10.2.0.0/16", Gateway: "tgw-2", To: []environments.AccessTarget{environments.AccessDatabase}},
		}
	})
	if err := runKubeconfig(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(`FILE has the context titan-prod-cluster
kubectl --kubeconfig FILE --context titan-prod-cluster get nodes

where its API answers
  from 10.1.0.0/16, by tgw-1 (network.access)
  from a CloudShell VPC environment with the outputs vpc_id, one of private_subnet_ids, cloudshell_security_group_id (docs/access.md)
`, "FILE", o.out)
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
	config, err := clientcmd.LoadFromFile(o.out)
	if err != nil {
		t.Fatal(err)
	}
	for _, user := range config.AuthInfos {
		if !slices.Contains(user.Exec.Args, *role) || *role == "" {
			t.Errorf("it asked EKS as %q, and will ask for tokens by %q", *role, user.Exec.Args)
		}
	}
}

func TestAPrivateClusterThatNobodyReachesSaysSo(t *testing.T) {
	found := ways(fixture()[0], clusters.Cluster{})
	if len(found) != 1 || !strings.Contains(found[0], "set cluster.cloudshell or network.access") {
		t.Errorf("%q", found)
	}
}

// The deployer's builds act by their own roles, and may not assume the account's.
func TestTheDeployersBuildAssumesNoRole(t *testing.T) {
	environment := environments.Environment{Account: environments.Account{Role: "arn:role", Connection: "arn:connection"}}
	environment.Cluster.Deployer = environments.DeployerCodeBuild
	if got := (clusterOptions{inBuild: true}).role(environment); got != "" {
		t.Errorf("it assumes %s", got)
	}
	if got := (clusterOptions{}).role(environment); got != "arn:role" {
		t.Errorf("a person assumes %q", got)
	}
}

// records is a cluster with one release's records.
func records(t *testing.T, statuses ...string) metadata.Interface {
	t.Helper()
	scheme := runtime.NewScheme()
	if err := metav1.AddMetaToScheme(scheme); err != nil {
		t.Fatal(err)
	}
	var objects []runtime.Object
	for i, status := range statuses {
		revision := strconv.Itoa(i + 1)
		objects = append(objects, &metav1.PartialObjectMetadata{
			TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"},
			ObjectMeta: metav1.ObjectMeta{Namespace: "traefik", Name: "sh.helm.release.v1.traefik.v" + revision,
				CreationTimestamp: metav1.NewTime(today.Add(-time.Hour)),
				Labels:            map[string]string{"owner": "helm", "name": "traefik", "version": revision, "status": status}},
		})
	}
	return fake.NewSimpleMetadataClient(scheme, objects...)
}

func TestReleasesAreShownAndMended(t *testing.T) {
	for name, c := range map[string]struct {
		statuses []string
		mend     bool
		want     string
	}{
		"shown": {[]string{"superseded", "deployed"}, false,
			"traefik              traefik                        revision 2    deployed          for 1h0m0s\n"},
		"an upgrade": {[]string{"deployed", "pending-upgrade"}, true,
			"traefik              traefik                        revision 2    pending-upgrade   for 1h0m0s\n" +
				"removed the record of revision 2\nthe next deployment of prod.platform goes on from revision 1\n"},
		"an install": {[]string{"pending-install"}, true,
			"traefik              traefik                        revision 1    pending-install   for 1h0m0s\n" +
				"removed the record of revision 1\nno revision is left: the next deployment of prod.platform installs it over what is there\n"},
		"nothing": {[]string{"deployed"}, true,
			"traefik              traefik                        revision 1    deployed          for 1h0m0s\n" +
				"nothing keeps Helm from going on with it; where Terraform wants to replace it, its record of it is tainted: " +
				"terraform untaint (docs/runbooks/releases.md)\n"},
	} {
		screen, out, _ := screen()
		o := releaseOptions{release: "traefik", mend: c.mend, now: func() time.Time { return today }}
		o.clusterOptions, _ = described(screen, func(*environments.Environment) {})
		o.metadata = func(context.Context) (metadata.Interface, error) { return records(t, c.statuses...), nil }
		if err := runRelease(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, out.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestChartsOfAStackThatInstallTheirDefinitions(t *testing.T) {
	charts, err := chartsOf([]byte(`{"resource": {"helm_release": {
		"a": {"chart": "./assets/app", "skip_crds": false},
		"b": {"chart": "traefik", "version": "41.3.0", "repository": "https://traefik.github.io/charts", "skip_crds": true},
		"c": {"chart": "aws-load-balancer-controller", "version": "3.5.0", "repository": "https://aws.github.io/eks-charts", "skip_crds": false}
	}}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []crds.Chart{{Name: "aws-load-balancer-controller", Version: "3.5.0", Repository: "https://aws.github.io/eks-charts"}}
	if !slices.Equal(charts, want) {
		t.Errorf("%+v", charts)
	}
}

// The charts that are approved are those of the plan, so nothing is synthesized beside it.
func TestDefinitionsOfAPlanAreTheCharts(t *testing.T) {
	screen, _, _ := screen()
	o := crdsOptions{plans: "plans"}
	o.clusterOptions, _ = described(screen, func(*environments.Environment) {})
	o.synthesized = func(out, stack string) ([]byte, error) {
		if out != "plans" || stack != "prod.platform" {
			t.Errorf("it reads %s of %s", stack, out)
		}
		return nil, os.ErrNotExist
	}
	if err := runCRDs(t.Context(), o); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}
