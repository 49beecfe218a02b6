// The bench's stack in TypeScript, the way CDKTF's own templates import it: a submodule at a time. Every line has its twin in ../go/stack.go.
// Usage: tsx main.ts [stacks] [folder to write to]
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";

import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Release } from "@cdktf/provider-helm/lib/release";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";

class Bench extends TerraformStack {
  constructor(scope: Construct, name: string) {
    super(scope, name);
    new AwsProvider(this, "aws", { region: "eu-central-1", defaultTags: [{ tags: { stack: name } }] });
    new HelmProvider(this, "helm", { kubernetes: { configPath: "~/.kube/config" } });
    new KubernetesProvider(this, "kubernetes", { configPath: "~/.kube/config" });

    const network = new Vpc(this, "vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, tags: { Name: name } });
    this.subnets(network);
    this.securityGroup(network);
    this.data(name);
    this.cluster();
  }

  private subnets(network: Vpc) {
    const gateway = new InternetGateway(this, "gateway", { vpcId: network.id });
    ["public", "private", "data"].forEach((tier, t) => {
      const table = new RouteTable(this, `table-${tier}`, { vpcId: network.id, tags: { Name: tier } });
      let last!: Subnet;
      ["a", "b", "c"].forEach((zone, z) => {
        last = new Subnet(this, `subnet-${tier}-${zone}`, {
          vpcId: network.id,
          availabilityZone: `eu-central-1${zone}`,
          cidrBlock: `10.0.${16 * t + z}.0/24`,
          tags: { Name: `${tier}-${zone}` },
        });
        new RouteTableAssociation(this, `association-${tier}-${zone}`, { subnetId: last.id, routeTableId: table.id });
      });
      if (tier === "public") {
        const address = new Eip(this, "address", { domain: "vpc" });
        new NatGateway(this, "nat", { allocationId: address.id, subnetId: last.id });
        new Route(this, "route-public", { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });
      }
      if (tier === "private") {
        new Route(this, "route-private", { routeTableId: table.id, destinationCidrBlock: "10.8.0.0/16", gatewayId: gateway.id });
      }
    });
  }

  private securityGroup(network: Vpc) {
    const group = new SecurityGroup(this, "group", { vpcId: network.id, description: "bench" });
    for (const port of [80, 443, 5432, 6379, 8080, 10250]) {
      new VpcSecurityGroupIngressRule(this, `rule-${port}`, {
        securityGroupId: group.id,
        cidrIpv4: network.cidrBlock,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });
    }
  }

  private data(name: string) {
    const key = new KmsKey(this, "key", { enableKeyRotation: true });
    new KmsAlias(this, "alias", { name: `alias/${name}`, targetKeyId: key.keyId });
    new IamRole(this, "role", { name, assumeRolePolicy: '{"Version":"2012-10-17","Statement":[]}' });
    new CloudwatchLogGroup(this, "logs", { name: `/bench/${name}`, kmsKeyId: key.arn, retentionInDays: 30 });
    new S3Bucket(this, "bucket", { bucket: name });
  }

  private cluster() {
    for (const name of ["app", "ingress", "monitoring"]) {
      const namespace = new NamespaceV1(this, `namespace-${name}`, { metadata: { name } });
      new ConfigMapV1(this, `config-${name}`, { metadata: { name: "config", namespace: namespace.id }, data: { name } });
      new Release(this, `release-${name}`, { name, chart: `./charts/${name}`, namespace: namespace.id, values: ["replicas: 2\n"] });
    }
  }
}

const [stacks = "1", outdir = "cdktf.out"] = process.argv.slice(2);
const app = new App({ outdir });
for (let i = 1; i <= Number(stacks); i++) {
  new Bench(app, `bench-${i}`);
}
app.synth();
