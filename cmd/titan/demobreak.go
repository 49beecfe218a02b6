package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
)

// brokenBlock is what demoBreak deletes: without it anybody who may write the bucket's policy can make backups public.
const brokenBlock = "aws_s3_bucket_public_access_block.backup_backups_public-access"

// demoBreak has a bucket of the local environment block public access no more, and leaves Terraform's state as it is.
func demoBreak(ctx context.Context, o demoOptions) error {
	session, err := emulator.Find(workDir)
	if err != nil {
		return err
	}
	if session == nil {
		return fmt.Errorf("no emulator is running; start the demo: %s demo up", program)
	}
	env, err := onEmulator(ctx, session.URL)
	if err != nil {
		return err
	}
	state, err := folderOf(localEnvironment, env).Run(ctx, "show", "-json", "-no-color")
	if err != nil {
		return err
	}
	bucket, err := findBucket(state, brokenBlock)
	if err != nil {
		return err
	}
	local, _, err := loadLocal()
	if err != nil {
		return err
	}
	if err := allowPublicAccess(ctx, bucket, session.URL, string(local.Region)); err != nil {
		return err
	}
	o.terminal.printf("bucket %s blocks public access no more, and Terraform does not know: %s\n", bucket, brokenBlock)
	return nil
}

// findBucket is the bucket of a resource in a state in Terraform's JSON form, by its address without its hash.
func findBucket(state []byte, address string) (string, error) {
	var shown tfjson.State
	if err := json.Unmarshal(state, &shown); err != nil {
		return "", fmt.Errorf("reading the state of %s: %w", localEnvironment, err)
	}
	if shown.Values != nil {
		for _, resource := range shown.Values.RootModule.Resources {
			if terraform.WithoutHash(resource.Address) == address {
				return fmt.Sprint(resource.AttributeValues["bucket"]), nil
			}
		}
	}
	return "", fmt.Errorf("the state of %s has no %s; deploy it first: %s demo up", localEnvironment, address, program)
}

// allowPublicAccess takes a bucket's block of public access away on the emulator, and reaches nothing else.
func allowPublicAccess(ctx context.Context, bucket, url, region string) error {
	client := s3.NewFromConfig(emulated(url, region), func(o *s3.Options) { o.UsePathStyle = true })
	_, err := client.DeletePublicAccessBlock(ctx, &s3.DeletePublicAccessBlockInput{Bucket: &bucket})
	if err != nil {
		return fmt.Errorf("taking the block of public access from bucket %q: %w", bucket, err)
	}
	return nil
}

// loadLocal is the local environment, and all that it is loaded with.
func loadLocal() (local environments.Environment, all []environments.Environment, err error) {
	if all, err = loadEnvironments(); err != nil {
		return local, nil, err
	}
	local, err = named(all, localEnvironment)
	return local, all, err
}
