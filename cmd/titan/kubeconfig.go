package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/clusters"
	"github.com/titan-platform/titan/internal/kubeconfig"
)

// kubeconfigOptions are what `titan kubeconfig` needs.
type kubeconfigOptions struct {
	clusterOptions

	out     string // the file; empty is kubectl's own
	context string // the name of the context; empty is the cluster's
}

func newKubeconfigCommand(t *terminal, run func(context.Context, kubeconfigOptions) error) *cobra.Command {
	o := kubeconfigOptions{clusterOptions: defaultClusterOptions(t)}
	if run == nil {
		run = runKubeconfig
	}
	command := &cobra.Command{
		Use:   "kubeconfig ENVIRONMENT",
		Short: "Write the way to an environment's cluster into a kubeconfig, and say who is let in",
		Long: `Asks EKS for ENVIRONMENT's cluster and adds a cluster, a user and a context to a kubeconfig, as "aws eks
update-kubeconfig" does: the user has no credentials and asks "aws eks get-token", with this call's AWS_PROFILE and the
role of the account's file. Entries that it made before are written anew; others, and the file's current context, stay.
It then says from where the cluster's API can be called.`,
		Example: `  titan kubeconfig dev
  titan kubeconfig prod --out prod.kubeconfig`,
		Args:              one("one ENVIRONMENT"),
		ValidArgsFunction: completeEnvironment(o.environments),
		RunE: func(command *cobra.Command, args []string) error {
			o.environment = args[0]
			return run(command.Context(), o)
		},
	}
	command.Flags().StringVar(&o.out, "out", "", "the `FILE`; without it kubectl's own, of KUBECONFIG or ~/.kube/config")
	command.Flags().StringVar(&o.context, "context", "", "the `NAME` of the context; without it the cluster's")
	return command
}

func runKubeconfig(ctx context.Context, o kubeconfigOptions) error {
	environment, cluster, err := o.cluster(ctx)
	if err != nil {
		return err
	}
	if o.out == "" {
		o.out = clientcmd.NewDefaultPathOptions().GetDefaultFilename()
	}
	if o.context == "" {
		o.context = cluster.Name
	}
	login := kubeconfig.Login{Role: environment.Account.Role, Profile: o.profile}
	if err := kubeconfig.Merge(o.out, kubeconfig.New(entry(environment, cluster), login, o.context)); err != nil {
		return err
	}
	o.terminal.printf("%s has the context %s\n", o.out, o.context)
	o.terminal.printf("kubectl --kubeconfig %s --context %s get nodes\n", o.out, o.context)
	o.terminal.printf("\nwhere its API answers\n")
	for _, line := range ways(environment, cluster) {
		o.terminal.printf("  %s\n", line)
	}
	return nil
}

// ways are from where a cluster's API can be called, by what EKS and the environment's file say.
func ways(environment environments.Environment, cluster clusters.Cluster) []string {
	var list []string
	if cluster.Public {
		list = append(list, "from "+strings.Join(cluster.PublicCIDRs, ", ")+", at its public endpoint (cluster.public_cidrs)")
	}
	for _, access := range environment.Network.AccessTo(environments.AccessAPI) {
		list = append(list, "from "+access.CIDR+", by "+access.Gateway+" (network.access)")
	}
	if environment.Cluster.CloudShell {
		list = append(list, "from a CloudShell VPC environment with the outputs vpc_id, one of private_subnet_ids, "+
			"cloudshell_security_group_id (docs/access.md)")
	}
	if environment.HasDeployer() {
		list = append(list, "from the pipeline "+environment.Prefix()+"-deployer"+", for what needs no person's hands")
	}
	if !cluster.Public && len(environment.Network.AccessTo(environments.AccessAPI)) == 0 && !environment.Cluster.CloudShell {
		list = append(list, "from nowhere else: for people, set cluster.cloudshell or network.access (docs/access.md)")
	}
	return list
}
