// Package states looks at the states of stacks in a bucket, those of stacks that nobody declares any more among them.
package states

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/stacks/order"
)

// API is what of S3 is used.
type API interface {
	ListObjectsV2(context.Context, *s3.ListObjectsV2Input, ...func(*s3.Options)) (*s3.ListObjectsV2Output, error)
	GetObject(context.Context, *s3.GetObjectInput, ...func(*s3.Options)) (*s3.GetObjectOutput, error)
	s3.ListBucketsAPIClient
}

// States are the states of an account.
type States struct {
	In func(environments.Region) API
}

// Of are the states of an account.
func Of(account *awsops.Account) States {
	return States{In: func(region environments.Region) API {
		return s3.NewFromConfig(account.In(region), func(o *s3.Options) { o.UsePathStyle = o.BaseEndpoint != nil })
	}}
}

// State is what a stack's state holds.
type State struct {
	Stack      string
	Resources  int      // that it manages
	Types      []string // theirs, each once, sorted
	Repository string   // the tag that says whose code made them; empty where none of them has one
}

// Holding are the states in a bucket that hold resources, of those stacks that are asked for. A state stays when all
// that it held is destroyed, so each is read. Where there is no bucket, there is none.
func (s States) Holding(
	ctx context.Context, region environments.Region, bucket string, asked func(stack string) bool,
) ([]State, error) {
	var holding []State
	err := s.each(ctx, region, bucket, asked, func(stack string, held []Resource) {
		if len(held) > 0 {
			holding = append(holding, stateOf(stack, held))
		}
	})
	return holding, err
}

// each reads the states in a bucket, of those stacks that are asked for.
func (s States) each(
	ctx context.Context, region environments.Region, bucket string,
	asked func(stack string) bool, visit func(stack string, held []Resource),
) error {
	stacks, err := s.stacks(ctx, region, bucket)
	if err != nil {
		return err
	}
	for _, stack := range stacks {
		if !asked(stack) {
			continue
		}
		held, err := s.read(ctx, region, bucket, stack)
		if err != nil {
			return err
		}
		visit(stack, held)
	}
	return nil
}

// stacks are those with a state in a bucket.
func (s States) stacks(ctx context.Context, region environments.Region, bucket string) ([]string, error) {
	var stacks []string
	pages := s3.NewListObjectsV2Paginator(s.In(region), &s3.ListObjectsV2Input{Bucket: &bucket})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if awsops.HasCode(err, "NoSuchBucket") {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("listing the states in bucket %q: %w", bucket, err)
		}
		for _, object := range page.Contents {
			key := aws.ToString(object.Key)
			stack, _, _ := strings.Cut(key, "/")
			if key == order.StateKey(stack) {
				stacks = append(stacks, stack)
			}
		}
	}
	slices.Sort(stacks)
	return stacks, nil
}

func stateOf(stack string, held []Resource) State {
	state := State{Stack: stack, Resources: len(held)}
	for _, resource := range held {
		state.Types = append(state.Types, resource.Type)
		if state.Repository == "" {
			state.Repository = resource.repository
		}
	}
	slices.Sort(state.Types)
	state.Types = slices.Compact(state.Types)
	return state
}

// read are the resources that a stack's state manages. Nothing else of the state is kept: it holds secrets.
func (s States) read(ctx context.Context, region environments.Region, bucket, stack string) ([]Resource, error) {
	object, err := s.In(region).GetObject(ctx, &s3.GetObjectInput{
		Bucket: &bucket, Key: aws.String(order.StateKey(stack)),
	})
	if err != nil {
		return nil, fmt.Errorf("reading the state of %s in bucket %q: %w", stack, bucket, err)
	}
	defer func() { _ = object.Body.Close() }() // only read
	var state struct {
		Resources []struct {
			Mode      string `json:"mode"`
			Type      string `json:"type"`
			Instances []struct {
				Attributes attributes `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if err := json.NewDecoder(object.Body).Decode(&state); err != nil {
		return nil, fmt.Errorf("reading the state of %s in bucket %q: it is no state: %w", stack, bucket, err)
	}
	var held []Resource
	for _, resource := range state.Resources {
		if resource.Mode != "managed" {
			continue
		}
		for _, instance := range resource.Instances {
			named := instance.Attributes
			held = append(held, Resource{
				Type: resource.Type, ARN: string(cmp.Or(named.ARN, named.Snapshot)), ID: string(named.ID),
				repository: string(named.Tags.Repository),
			})
		}
	}
	return held, nil
}
