// Package awsops makes clients of AWS for what Terraform can't do: to wait, to look at another region, and to change
// what an outage leaves behind. Its packages have one service's operations each; a caller gives them clients, which
// tests replace.
package awsops

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/titan-platform/titan/environments"
)

// callTimeout ends a call that a region takes and does not answer. With attempts, a silent region costs a minute and a
// half.
const (
	callTimeout = 20 * time.Second
	attempts    = 4
)

// sessionName is what CloudTrail calls the caller where a role is assumed.
const sessionName = "titan"

// Account makes clients' configurations for an AWS account, of one region each.
type Account struct {
	base aws.Config
	role string

	mutex   sync.Mutex
	regions map[environments.Region]aws.Config
	lost    map[environments.Region]bool
}

// NewAccount takes credentials and endpoints from where every AWS tool has them: environment, profile, role of the
// machine. Where the environment file names a role, that is assumed in the region of each client, so that no region's
// calls need another region.
func NewAccount(ctx context.Context, account environments.Account) (*Account, error) {
	base, err := config.LoadDefaultConfig(ctx,
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTimeout(callTimeout)),
		config.WithRetryMaxAttempts(attempts))
	if err != nil {
		return nil, fmt.Errorf("reading AWS's configuration: %w", err)
	}
	return &Account{base: base, role: account.Role,
		regions: map[environments.Region]aws.Config{}, lost: map[environments.Region]bool{}}, nil
}

// In is the configuration of a region's clients. Those of a lost region make no call, and each of their operations
// ends in a LostError.
func (a *Account) In(region environments.Region) aws.Config {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.lost[region] {
		return a.dead(region)
	}
	made, found := a.regions[region]
	if !found {
		made = a.base.Copy()
		made.Region = string(region)
		if a.role != "" {
			assume := stscreds.NewAssumeRoleProvider(sts.NewFromConfig(made), a.role, func(o *stscreds.AssumeRoleOptions) {
				o.RoleSessionName = sessionName
			})
			made.Credentials = aws.NewCredentialsCache(assume)
		}
		a.regions[region] = made
	}
	return made
}

// Lose says that a region is lost: it is not called any more.
func (a *Account) Lose(region environments.Region) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.lost[region] = true
}

func (a *Account) dead(region environments.Region) aws.Config {
	dead := a.base.Copy()
	dead.Region = string(region)
	dead.HTTPClient = refusing(region)
	dead.Retryer = func() aws.Retryer { return aws.NopRetryer{} }
	return dead
}

type refusing environments.Region

// Do implements aws.HTTPClient.
func (r refusing) Do(*http.Request) (*http.Response, error) {
	return nil, &LostError{environments.Region(r)}
}

// Answers is whether a region answers at all: one call, tried once. An answer that refuses the caller is an answer.
func (a *Account) Answers(ctx context.Context, region environments.Region) (bool, error) {
	client := sts.NewFromConfig(a.In(region), func(o *sts.Options) {
		o.Retryer = retry.AddWithMaxAttempts(retry.NewStandard(), 1)
	})
	_, err := client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	switch {
	case err == nil:
		return true, nil
	case IsUnreachable(err):
		return false, nil
	}
	return false, fmt.Errorf("asking %s who is calling: %w", region, err)
}
