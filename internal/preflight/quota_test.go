package preflight

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/servicequotas"
	"github.com/aws/aws-sdk-go-v2/service/servicequotas/types"
)

// fakeQuotas has values by code: those that were applied, and AWS's defaults.
type fakeQuotas struct {
	applied, standard map[string]float64
	err               error
}

func (f fakeQuotas) GetServiceQuota(
	_ context.Context, in *servicequotas.GetServiceQuotaInput, _ ...func(*servicequotas.Options),
) (*servicequotas.GetServiceQuotaOutput, error) {
	value, found := f.applied[*in.QuotaCode]
	if !found && f.err == nil {
		return nil, &types.NoSuchResourceException{}
	}
	return &servicequotas.GetServiceQuotaOutput{Quota: &types.ServiceQuota{Value: &value}}, f.err
}

func (f fakeQuotas) GetAWSDefaultServiceQuota(
	_ context.Context, in *servicequotas.GetAWSDefaultServiceQuotaInput, _ ...func(*servicequotas.Options),
) (*servicequotas.GetAWSDefaultServiceQuotaOutput, error) {
	value, found := f.standard[*in.QuotaCode]
	if !found {
		return nil, refusal("Service Quotas", "GetAWSDefaultServiceQuota", "NoSuchResourceException", "no such quota")
	}
	return &servicequotas.GetAWSDefaultServiceQuotaOutput{Quota: &types.ServiceQuota{Value: &value}}, nil
}

func TestDemands(t *testing.T) {
	inUse := func(used int, err error) func(context.Context) (int, error) {
		return func(context.Context) (int, error) { return used, err }
	}
	const raise = " -> aws service-quotas request-service-quota-increase --region eu-west-1 --service-code vpc " +
		"--quota-code L-F678F1CE --desired-value "
	applied := fakeQuotas{applied: map[string]float64{"L-F678F1CE": 5}}
	for name, c := range map[string]struct {
		client fakeQuotas
		needs  int
		used   func(context.Context) (int, error)
		want   string
	}{
		"room": {applied, 1, inUse(4, nil), "good VPCs in eu-west-1: needs 1, others use 4 of 5"},
		"full": {applied, 1, inUse(5, nil),
			"bad VPCs in eu-west-1: needs 1, and others use 5 of 5" + raise + "6, or free some"},
		"too many": {applied, 6, inUse(0, errors.New("never asked")),
			"bad VPCs in eu-west-1: needs 6, and the quota is 5" + raise + "6, or free some"},
		"comes and goes": {applied, 1, nil, "good VPCs in eu-west-1: needs 1 of 5"},
		"use unknown": {applied, 1, inUse(0, deniedCall("EC2", "DescribeVpcs")), "unknown VPCs in eu-west-1: needs 1 of 5; " +
			"in use unknown: " + mayNot("EC2 DescribeVpcs")},
		"AWS's default": {fakeQuotas{standard: map[string]float64{"L-F678F1CE": 2}}, 1, inUse(1, nil),
			"good VPCs in eu-west-1: needs 1, others use 1 of 2"},
		"none at all": {fakeQuotas{}, 1, inUse(0, nil), "unknown VPCs in eu-west-1: needs 1; the quota is unknown: " +
			"Service Quotas GetAWSDefaultServiceQuota: NoSuchResourceException no such quota"},
		"denied": {fakeQuotas{err: deniedCall("Service Quotas", "GetServiceQuota")}, 1, inUse(0, nil),
			"unknown VPCs in eu-west-1: needs 1; the quota is unknown: " + mayNot("Service Quotas GetServiceQuota")},
	} {
		t.Run(name, func(t *testing.T) {
			d := demand{quota: quota{"vpc", "L-F678F1CE", "VPCs"}, region: home, where: string(home), needs: c.needs,
				used: c.used}
			expect(t, []Result{d.ask(t.Context(), c.client)}, c.want)
		})
	}
}
