package tests

import (
	"strings"
	"testing"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/provider"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/snstopic"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpc"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/app"
)

// jsii reports a wrong argument by a panic whose text names neither stack nor file.
func TestPanicOfJSIIBecomesAnErrorWithTheStacksName(t *testing.T) {
	titan, err := app.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	err = titan.Build("broken", func() {
		stack := cdktf.NewTerraformStack(titan.Root(), jsii.String("broken"))
		vpc.NewVpc(stack, jsii.String("main"), &vpc.VpcConfig{CidrBlock: jsii.String("10.0.0.0/16")})
		vpc.NewVpc(stack, jsii.String("main"), &vpc.VpcConfig{CidrBlock: jsii.String("10.1.0.0/16")})
	})
	if err == nil || !strings.HasPrefix(err.Error(), `building stack "broken": `) ||
		!strings.Contains(err.Error(), "already a Construct with name 'main'") {
		t.Errorf("got %v", err)
	}
}

func TestInvalidStackIsAnErrorAndNothingIsWritten(t *testing.T) {
	outdir := t.TempDir()
	titan, err := app.New(outdir)
	if err != nil {
		t.Fatal(err)
	}
	err = titan.Build("unfinished", func() {
		stack := cdktf.NewTerraformStack(titan.Root(), jsii.String("unfinished"))
		vpc.NewVpc(stack, jsii.String("main"), &vpc.VpcConfig{CidrBlock: jsii.String("10.0.0.0/16")})
	})
	if err != nil {
		t.Fatal(err)
	}
	err = titan.Write(&strings.Builder{}) // a stack without its provider is refused by CDKTF's own validation
	if err == nil || !strings.HasPrefix(err.Error(), "writing the stacks: ") ||
		!strings.Contains(err.Error(), "Found resources without a matching provider") {
		t.Errorf("got %v", err)
	}
	if files := contents(t, outdir); len(files) > 0 {
		t.Errorf("%d files were written", len(files))
	}
}

// An adopter's file can lead to a name that another stack has, and a stack of an adopter's own can.
func TestANameOfTwoStacksIsAnErrorAndNothingIsWritten(t *testing.T) {
	outdir := t.TempDir()
	titan, err := app.New(outdir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"one", "other"} {
		err := titan.Build(name, func() {
			stack := cdktf.NewTerraformStack(titan.Root(), jsii.String(name))
			provider.NewAwsProvider(stack, jsii.String("aws"), &provider.AwsProviderConfig{
				Region: jsii.String("eu-west-1"), AllowedAccountIds: jsii.Strings("333333333333"),
			})
			snstopic.NewSnsTopic(stack, jsii.String("it"), &snstopic.SnsTopicConfig{Name: jsii.String("alarms")})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	err = titan.Write(&strings.Builder{})
	const want = "aws_sns_topic alarms would be made by one: aws_sns_topic.it and by other: " +
		"aws_sns_topic.it, and account 333333333333 in eu-west-1 has it once"
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
	if files := contents(t, outdir); len(files) > 0 {
		t.Errorf("%d files were written", len(files))
	}
}
