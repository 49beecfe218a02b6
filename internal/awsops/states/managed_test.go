package states

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
)

// described is a state with a resource of several instances, one that was only read, and one whose id is a number.
const described = `{"version":4,"resources":[
	{"mode":"managed","type":"aws_sns_topic","instances":[
		{"attributes":{"arn":"arn:aws:sns:eu-west-1:1:a","id":"arn:aws:sns:eu-west-1:1:a","policy":"secret","tags_all":{"repository":"acme/platform"}}},
		{"attributes":{"arn":"arn:aws:sns:eu-west-1:1:b","id":"arn:aws:sns:eu-west-1:1:b"}}]},
	{"mode":"managed","type":"aws_db_cluster_snapshot","instances":[
		{"attributes":{"db_cluster_snapshot_arn":"arn:aws:rds:eu-west-1:1:cluster-snapshot:s","id":"s"}}]},
	{"mode":"managed","type":"aws_nat_gateway","instances":[{"attributes":{"id":"nat-1"}}]},
	{"mode":"managed","type":"other_thing","instances":[{"attributes":{"id":7,"arn":null,"tags_all":["x"]}}]},
	{"mode":"data","type":"aws_vpc","instances":[{"attributes":{"id":"vpc-1"}}]}]}`

func TestWhatStatesManage(t *testing.T) {
	b := &bucket{objects: []object{
		{"dev/terraform.tfstate", described}, {"dev2/terraform.tfstate", described},
		{"dev.global/terraform.tfstate", emptied},
	}}
	s := States{In: func(environments.Region) API { return b }}
	isDev := func(stack string) bool { return stack == "dev" || strings.HasPrefix(stack, "dev.") }
	got, err := s.Managed(t.Context(), "eu-west-1", "state", isDev)
	want := []Resource{
		{"aws_sns_topic", "arn:aws:sns:eu-west-1:1:a", "arn:aws:sns:eu-west-1:1:a", "acme/platform"},
		{"aws_sns_topic", "arn:aws:sns:eu-west-1:1:b", "arn:aws:sns:eu-west-1:1:b", ""},
		{"aws_db_cluster_snapshot", "arn:aws:rds:eu-west-1:1:cluster-snapshot:s", "s", ""},
		{"aws_nat_gateway", "", "nat-1", ""}, {"other_thing", "", "", ""},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Resource{})); diff != "" || err != nil {
		t.Error(diff, err)
	}
	holding, err := s.Holding(t.Context(), "eu-west-1", "state", isDev)
	state := State{"dev", 5, []string{"aws_db_cluster_snapshot", "aws_nat_gateway", "aws_sns_topic", "other_thing"},
		"acme/platform"}
	if diff := cmp.Diff([]State{state}, holding); diff != "" || err != nil {
		t.Error(diff, err)
	}
	b.denied = "dev/terraform.tfstate"
	if got, err := s.Managed(t.Context(), "eu-west-1", "state", isDev); err == nil || got != nil {
		t.Errorf("a state that may not be read: %v, %v", got, err)
	}
}
