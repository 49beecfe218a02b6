package preflight

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/servicequotas"
	"github.com/aws/aws-sdk-go-v2/service/servicequotas/types"

	"github.com/titan-platform/titan/environments"
)

// serviceQuotas is what of Service Quotas is used.
type serviceQuotas interface {
	GetServiceQuota(
		context.Context, *servicequotas.GetServiceQuotaInput, ...func(*servicequotas.Options),
	) (*servicequotas.GetServiceQuotaOutput, error)
	GetAWSDefaultServiceQuota(
		context.Context, *servicequotas.GetAWSDefaultServiceQuotaInput, ...func(*servicequotas.Options),
	) (*servicequotas.GetAWSDefaultServiceQuotaOutput, error)
}

// quota is a quota as Service Quotas names it.
type quota struct {
	service, code string
	name          string
}

// limit is the quota's value for the account: the one applied, or AWS's default where none was ever applied.
func (q quota) limit(ctx context.Context, client serviceQuotas) (int, error) {
	applied, err := client.GetServiceQuota(ctx,
		&servicequotas.GetServiceQuotaInput{ServiceCode: &q.service, QuotaCode: &q.code})
	if err == nil && applied.Quota != nil && applied.Quota.Value != nil {
		return int(*applied.Quota.Value), nil
	}
	var none *types.NoSuchResourceException
	if err != nil && !errors.As(err, &none) {
		return 0, err
	}
	standard, err := client.GetAWSDefaultServiceQuota(ctx,
		&servicequotas.GetAWSDefaultServiceQuotaInput{ServiceCode: &q.service, QuotaCode: &q.code})
	if err != nil {
		return 0, err
	}
	if standard.Quota == nil || standard.Quota.Value == nil {
		return 0, fmt.Errorf("no value is known for quota %s of %s", q.code, q.service)
	}
	return int(*standard.Quota.Value), nil
}

// demand is what an environment needs of a quota in a region.
type demand struct {
	quota
	region environments.Region
	where  string // eu-west-1, or a zone of it
	needs  int
	// used counts what others than the environment have there now. Nil is a quota of what comes and goes, such as builds.
	used func(context.Context) (int, error)
}

// ask holds a demand against the quota.
func (d demand) ask(ctx context.Context, client serviceQuotas) Result {
	subject := d.name + " in " + d.where
	limit, err := d.limit(ctx, client)
	if err != nil {
		reason, remedy := reasonOf(err)
		return unknown(subject, remedy, "needs %d; the quota is unknown: %s", d.needs, reason)
	}
	if d.needs > limit {
		return bad(subject, d.raise(d.needs), "needs %d, and the quota is %d", d.needs, limit)
	}
	if d.used == nil {
		return good(subject, "needs %d of %d", d.needs, limit)
	}
	used, err := d.used(ctx)
	if err != nil {
		reason, remedy := reasonOf(err)
		return unknown(subject, remedy, "needs %d of %d; in use unknown: %s", d.needs, limit, reason)
	}
	if d.needs+used > limit {
		return bad(subject, d.raise(d.needs+used), "needs %d, and others use %d of %d", d.needs, used, limit)
	}
	return good(subject, "needs %d, others use %d of %d", d.needs, used, limit)
}

func (d demand) raise(to int) string {
	return fmt.Sprintf("aws service-quotas request-service-quota-increase --region %s --service-code %s --quota-code %s "+
		"--desired-value %d, or free some", d.region, d.service, d.code, to)
}

// counted is how many of the names that an account has are not the environment's own.
func counted(found, own []string) int {
	others := 0
	for _, name := range found {
		if name == "" || !slices.Contains(own, name) {
			others++
		}
	}
	return others
}

// pages is a paginator of the SDK.
type pages[Output, Options any] interface {
	HasMorePages() bool
	NextPage(context.Context, ...func(*Options)) (*Output, error)
}

// collect are the names on all pages.
func collect[Output, Options any](
	ctx context.Context, list pages[Output, Options], names func(*Output) []string,
) ([]string, error) {
	var all []string
	for list.HasMorePages() {
		page, err := list.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, names(page)...)
	}
	return all, nil
}

// each applies a function to a list.
func each[Item any](list []Item, name func(Item) *string) []string {
	var names []string
	for _, item := range list {
		names = append(names, aws.ToString(name(item)))
	}
	return names
}
