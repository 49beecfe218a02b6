package namespaces

import (
	"strconv"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	networkpolicy "github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/networkpolicyv1"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// Policy opens something for pods of its namespace.
type Policy struct {
	Name    string
	Pods    map[string]string // labels of the pods; none are all
	Ingress []Rule            // who may call them
	Egress  []Rule            // whom they may call
}

// Rule is peers and the TCP ports between; no ports are all, no peers everyone.
type Rule struct {
	Peers []Peer
	Ports []int
}

// Peer is who is at the other end: one of these.
type Peer struct {
	Namespace string            // pods of a namespace
	Pods      map[string]string // pods of the policy's own namespace, by labels
	CIDR      string
}

// In is the pods of namespaces as peers.
func In(names ...string) []Peer {
	var peers []Peer
	for _, name := range names {
		peers = append(peers, Peer{Namespace: name})
	}
	return peers
}

// At is address blocks as peers.
func At(blocks ...string) []Peer {
	var peers []Peer
	for _, block := range blocks {
		peers = append(peers, Peer{CIDR: block})
	}
	return peers
}

// policies declares the network policies of a namespace: nothing in or out but names, and then what is opened. Its
// kubelet's probes reach a pod in any case.
func policies(
	scope constructs.Construct, n Namespace, namespace cdktf.ITerraformDependable,
) []cdktf.ITerraformDependable {
	declare := func(name string, spec networkpolicy.NetworkPolicyV1Spec) cdktf.ITerraformDependable {
		return networkpolicy.NewNetworkPolicyV1(scope, jsii.String(name), &networkpolicy.NetworkPolicyV1Config{
			Metadata:  &networkpolicy.NetworkPolicyV1Metadata{Name: jsii.String(name), Namespace: jsii.String(n.Name)},
			Spec:      &spec,
			DependsOn: &[]cdktf.ITerraformDependable{namespace},
		})
	}
	all := []cdktf.ITerraformDependable{
		declare("default-deny", networkpolicy.NetworkPolicyV1Spec{
			PodSelector: &networkpolicy.NetworkPolicyV1SpecPodSelector{},
			PolicyTypes: jsii.Strings("Ingress", "Egress"),
		}),
		declare("names", networkpolicy.NetworkPolicyV1Spec{
			PodSelector: &networkpolicy.NetworkPolicyV1SpecPodSelector{},
			PolicyTypes: jsii.Strings("Egress"),
			Egress:      []networkpolicy.NetworkPolicyV1SpecEgress{toDNS()},
		}),
	}
	for _, p := range n.Policies {
		spec := networkpolicy.NetworkPolicyV1Spec{
			PodSelector: &networkpolicy.NetworkPolicyV1SpecPodSelector{MatchLabels: labels(p.Pods)},
		}
		var types []string
		if len(p.Ingress) > 0 {
			types = append(types, "Ingress")
			spec.Ingress = each(p.Ingress, ingress)
		}
		if len(p.Egress) > 0 {
			types = append(types, "Egress")
			spec.Egress = each(p.Egress, egress)
		}
		spec.PolicyTypes = jsii.Strings(types...)
		all = append(all, declare(p.Name, spec))
	}
	return all
}

// toDNS is CoreDNS, by the labels that EKS gives it and its Service.
func toDNS() networkpolicy.NetworkPolicyV1SpecEgress {
	return networkpolicy.NetworkPolicyV1SpecEgress{
		To: []networkpolicy.NetworkPolicyV1SpecEgressTo{{
			NamespaceSelector: &networkpolicy.NetworkPolicyV1SpecEgressToNamespaceSelector{
				MatchLabels: labels(named("kube-system")),
			},
			PodSelector: &networkpolicy.NetworkPolicyV1SpecEgressToPodSelector{
				MatchLabels: labels(map[string]string{"k8s-app": "kube-dns"}),
			},
		}},
		Ports: []networkpolicy.NetworkPolicyV1SpecEgressPorts{
			{Port: jsii.String("53"), Protocol: jsii.String("UDP")},
			{Port: jsii.String("53"), Protocol: jsii.String("TCP")},
		},
	}
}

func ingress(r Rule) networkpolicy.NetworkPolicyV1SpecIngress {
	var rule networkpolicy.NetworkPolicyV1SpecIngress
	if len(r.Ports) > 0 {
		rule.Ports = each(r.Ports, func(port int) networkpolicy.NetworkPolicyV1SpecIngressPorts {
			return networkpolicy.NetworkPolicyV1SpecIngressPorts{
				Port:     jsii.String(strconv.Itoa(port)),
				Protocol: jsii.String("TCP"),
			}
		})
	}
	if len(r.Peers) > 0 {
		rule.From = each(r.Peers, func(p Peer) networkpolicy.NetworkPolicyV1SpecIngressFrom {
			switch {
			case p.CIDR != "":
				return networkpolicy.NetworkPolicyV1SpecIngressFrom{
					IpBlock: &networkpolicy.NetworkPolicyV1SpecIngressFromIpBlock{Cidr: jsii.String(p.CIDR)},
				}
			case p.Namespace != "":
				return networkpolicy.NetworkPolicyV1SpecIngressFrom{
					NamespaceSelector: &networkpolicy.NetworkPolicyV1SpecIngressFromNamespaceSelector{
						MatchLabels: labels(named(p.Namespace)),
					},
				}
			}
			return networkpolicy.NetworkPolicyV1SpecIngressFrom{
				PodSelector: &networkpolicy.NetworkPolicyV1SpecIngressFromPodSelector{MatchLabels: labels(p.Pods)},
			}
		})
	}
	return rule
}

func egress(r Rule) networkpolicy.NetworkPolicyV1SpecEgress {
	var rule networkpolicy.NetworkPolicyV1SpecEgress
	if len(r.Ports) > 0 {
		rule.Ports = each(r.Ports, func(port int) networkpolicy.NetworkPolicyV1SpecEgressPorts {
			return networkpolicy.NetworkPolicyV1SpecEgressPorts{
				Port:     jsii.String(strconv.Itoa(port)),
				Protocol: jsii.String("TCP"),
			}
		})
	}
	if len(r.Peers) > 0 {
		rule.To = each(r.Peers, func(p Peer) networkpolicy.NetworkPolicyV1SpecEgressTo {
			switch {
			case p.CIDR != "":
				return networkpolicy.NetworkPolicyV1SpecEgressTo{
					IpBlock: &networkpolicy.NetworkPolicyV1SpecEgressToIpBlock{Cidr: jsii.String(p.CIDR)},
				}
			case p.Namespace != "":
				return networkpolicy.NetworkPolicyV1SpecEgressTo{
					NamespaceSelector: &networkpolicy.NetworkPolicyV1SpecEgressToNamespaceSelector{
						MatchLabels: labels(named(p.Namespace)),
					},
				}
			}
			return networkpolicy.NetworkPolicyV1SpecEgressTo{
				PodSelector: &networkpolicy.NetworkPolicyV1SpecEgressToPodSelector{MatchLabels: labels(p.Pods)},
			}
		})
	}
	return rule
}

// named is the label that the API server itself gives a namespace.
func named(namespace string) map[string]string {
	return map[string]string{"kubernetes.io/metadata.name": namespace}
}

func labels(texts map[string]string) *map[string]*string {
	if len(texts) == 0 {
		return nil
	}
	result := map[string]*string{}
	for key, text := range texts {
		result[key] = jsii.String(text)
	}
	return &result
}

func each[T, U any](list []T, of func(T) U) []U {
	result := make([]U, 0, len(list))
	for _, item := range list {
		result = append(result, of(item))
	}
	return result
}
