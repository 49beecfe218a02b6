package kubernetes

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// Node is a node that kwok keeps alive once its manifest is applied.
type Node struct {
	Name, Zone   string
	InstanceType string // m7i.large
	Labels       map[string]any
	Taints       []any
}

// Manifest is the node as kubectl takes it.
func (n Node) Manifest() map[string]any {
	labels := maps.Clone(n.Labels)
	if labels == nil {
		labels = map[string]any{}
	}
	for key, value := range map[string]string{
		"kubernetes.io/hostname": n.Name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
		"topology.kubernetes.io/zone": n.Zone, "node.kubernetes.io/instance-type": n.InstanceType, Managed: "true",
	} {
		labels[key] = value
	}
	room := allocatable(n.InstanceType)
	return map[string]any{
		"apiVersion": "v1", "kind": "Node",
		"metadata": map[string]any{"name": n.Name, "labels": labels},
		"spec":     map[string]any{"taints": n.Taints},
		"status":   map[string]any{"allocatable": room, "capacity": room},
	}
}

// memoryPerCPU is the memory of an instance for each of its CPUs, in GiB, by the first letter of its type; 4 where that
// is none of these (Amazon EC2, 'Instance types').
var memoryPerCPU = map[byte]int{'c': 2, 'm': 4, 't': 4, 'r': 8, 'x': 16}

// allocatable is about what EKS leaves to pods of an instance type: less the kubelet's reservations of Amazon Linux
// 2023, and the CPU that the platform's DaemonSets ask for.
func allocatable(instanceType string) map[string]any {
	family, size, _ := strings.Cut(instanceType, ".")
	cpus, pods := 2, "29"
	switch {
	case size == "xlarge":
		cpus, pods = 4, "58"
	case strings.HasSuffix(size, "xlarge"):
		if factor, err := strconv.Atoi(strings.TrimSuffix(size, "xlarge")); err == nil {
			cpus, pods = 4*factor, "110"
		}
	}
	memory := 4
	if known := memoryPerCPU[append([]byte(family), 0)[0]]; known > 0 {
		memory = known
	}
	return map[string]any{
		"cpu": fmt.Sprintf("%dm", 1000*cpus-400), "memory": fmt.Sprintf("%dGi", max(1, memory*cpus-2)), "pods": pods,
	}
}
