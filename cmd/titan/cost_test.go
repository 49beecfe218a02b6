package main

import (
	"strings"
	"testing"
)

// cost runs `titan cost` on the fixture, whose stacks are those given and else empty.
func (b *bench) cost(t *testing.T, environment string, stacks map[string]string) int {
	t.Helper()
	o := costOptions{run: b.options, environment: environment, synthesized: func(stack string) ([]byte, error) {
		text, ok := stacks[stack]
		if !ok {
			text = `{"provider": {"aws": [{"region": "us-east-1"}]}}`
		}
		return []byte(text), nil
	}}
	command, _, err := newRoot(b.terminal).Find([]string{"cost"})
	if err != nil {
		t.Fatal(err)
	}
	return exitCode(t.Context(), runCost(t.Context(), o), b.terminal, command)
}

func TestCost(t *testing.T) {
	b := newBench("")
	code := b.cost(t, "prod", map[string]string{
		"prod": `{"provider": {"aws": [{"region": "eu-west-1"}]}, "resource": {
			"aws_nat_gateway": {"network_nat-a_1": {}, "network_nat-b_2": {}}, "aws_kms_key": {"encryption_key_3": {}}}}`,
		"account.production.eu-west-1": `{"provider": {"aws": [{"region": "eu-west-1"}]}, "resource": {
			"aws_kms_key": {"trail_key_4": {}}, "aws_cloudtrail": {"trail_5": {}}}}`,
	})
	if code != exitDone {
		t.Fatalf("exit code %d\n%s%s", code, b.out.String(), b.err.String())
	}
	shown, assumed, _ := strings.Cut(b.out.String(), "\nassumed: ")
	expect(t, "the estimate", shown, `synthesized prod in 0 s

prod: about 81 USD a month
  network                                      80
    nat gateway                                70   1,460 hours, eu-west-1
    nat gateway data                          9.6   200 GB, eu-west-1
  encryption                                  1.0
    kms key                                   1.0   1 month, eu-west-1

account production, whatever its environments: about 1.0 USD a month, without what is named below
  trail                                       1.0
    kms key                                   1.0   1 month, eu-west-1
paid for by use, and not in the sum: events of data that CloudTrail keeps
`)
	if !strings.Contains(assumed, "100 GB a month through each NAT gateway") {
		t.Errorf("the assumptions are not said: %s", assumed)
	}
}

func TestCostOfAnUnknownEnvironment(t *testing.T) {
	b := newBench("")
	if code := b.cost(t, "prd", nil); code != exitUsage || !strings.Contains(b.err.String(), `did you mean "prod"?`) {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
}
