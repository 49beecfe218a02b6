package terraform

import (
	"regexp"
	"strings"
)

// hash is what CDKTF ends a resource's name with. Source: CDKTF's makeUniqueId, eight hexadecimal digits.
var hash = regexp.MustCompile(`_[0-9A-F]{8}$`)

// Module is the module that a resource of a synthesized stack stands in: the first part of its construct path, with
// which its name begins. aws_lb.loadbalancer_alb_A40065EB stands in loadbalancer.
func Module(address string) string {
	module, _, _ := strings.Cut(name(address), "_")
	return module
}

// WithoutHash is an address as a person reads it: aws_lb.loadbalancer_alb.
func WithoutHash(address string) string { return hash.ReplaceAllString(address, "") }

// name is a resource's name without its type, and data in front of it.
func name(address string) string {
	_, name, _ := strings.Cut(strings.TrimPrefix(address, "data."), ".")
	return name
}
