package addons

import (
	"fmt"

	"github.com/titan-platform/titan/environments"
)

// What the values of several charts have in common.

// identity is a chart's service account with the IAM role that trusts it.
func identity(name, roleARN string) object {
	return object{"create": true, "name": name, "annotations": object{"eks.amazonaws.com/role-arn": roleARN}}
}

// restrictedPod is what Pod Security's level `restricted` asks of a pod, with a user for images
// that name none by number.
func restrictedPod(user int) object {
	pod := object{"runAsNonRoot": true, "seccompProfile": object{"type": "RuntimeDefault"}}
	if user != 0 {
		pod["runAsUser"], pod["runAsGroup"] = user, user
	}
	return pod
}

// restrictedContainer is what it asks of a container, and a root file system that nothing can write to.
func restrictedContainer() object {
	return object{
		"allowPrivilegeEscalation": false,
		"readOnlyRootFilesystem":   true,
		"capabilities":             object{"drop": []string{"ALL"}},
	}
}

// resources asks for CPU and memory. Memory is limited to what is asked for, so that a pod is never killed for what its
// neighbours use; CPU is not, since a limit would throttle a pod on a node with CPU to spare.
func resources(cpu, memory string) object {
	return object{"requests": object{"cpu": cpu, "memory": memory}, "limits": object{"memory": memory}}
}

// sized asks for what the environment's file, or its size, gives an add-on.
func sized(given environments.Resources) object {
	return resources(fmt.Sprintf("%dm", given.CPUMillicores), fmt.Sprintf("%dMi", given.MemoryMiB))
}

// spread puts the pods with these labels into different zones and on different nodes where it can: a pod
// that waits helps nobody.
func spread(labels object) []object {
	var constraints []object
	for _, key := range []string{"topology.kubernetes.io/zone", "kubernetes.io/hostname"} {
		constraints = append(constraints, object{
			"topologyKey":       key,
			"maxSkew":           1,
			"whenUnsatisfiable": "ScheduleAnyway",
			"labelSelector":     object{"matchLabels": labels},
		})
	}
	return constraints
}

// named is the label by which most charts select their pods.
func named(name string) object { return object{"app.kubernetes.io/name": name} }

// spotNoticeSeconds is how long before it is taken away a Spot node is told (EC2 User Guide, 'Spot Instance
// interruption notices').
const spotNoticeSeconds = 120

// toleratesSpot lets pods run on Spot nodes, which may go with two minutes' notice.
func toleratesSpot() []object {
	return []object{{"key": "capacity", "operator": "Equal", "value": "spot", "effect": "NoSchedule"}}
}

// prefersSpot has pods run on Spot nodes where there is room on one, and anywhere else when there is not. It is no
// reason to add a node: the autoscaler looks at what a pod requires.
func prefersSpot() object {
	preference := object{"matchExpressions": []object{{"key": "capacity", "operator": "In", "values": []string{"spot"}}}}
	return object{"nodeAffinity": object{
		"preferredDuringSchedulingIgnoredDuringExecution": []object{{"weight": 100, "preference": preference}},
	}}
}
