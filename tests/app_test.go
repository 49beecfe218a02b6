package tests

import (
	"strings"
	"testing"

	"github.com/aws/jsii-runtime-go"
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
	if err == nil || !strings.HasPrefix(err.Error(), `building stack "broken": `) || !strings.Contains(err.Error(), "already a Construct with name 'main'") {
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
	if err == nil || !strings.HasPrefix(err.Error(), "writing the stacks: ") || !strings.Contains(err.Error(), "Found resources without a matching provider") {
		t.Errorf("got %v", err)
	}
	if files := contents(t, outdir); len(files) > 0 {
		t.Errorf("%d files were written", len(files))
	}
}
