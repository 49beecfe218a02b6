package terraform

import "testing"

func TestAddressesAreRead(t *testing.T) {
	for address, want := range map[string]struct{ module, short string }{
		"aws_lb.loadbalancer_alb_A40065EB": {"loadbalancer", "aws_lb.loadbalancer_alb"},
		"aws_s3_bucket_lifecycle_configuration.birthday-app_delivery_artifacts_lifecycle_DB9AA55D": {
			"birthday-app", "aws_s3_bucket_lifecycle_configuration.birthday-app_delivery_artifacts_lifecycle"},
		"aws_kms_key.state_kms":           {"state", "aws_kms_key.state_kms"},
		"data.aws_route53_zone.zone":      {"zone", "data.aws_route53_zone.zone"},
		"aws_vpc.main_0a4065eb":           {"main", "aws_vpc.main_0a4065eb"}, // no hash of CDKTF's: small letters
		"terraform_data.first":            {"first", "terraform_data.first"},
		"aws_sqs_queue.queue_DB9AA55D[0]": {"queue", "aws_sqs_queue.queue_DB9AA55D[0]"},
	} {
		if got := Module(address); got != want.module {
			t.Errorf("%s: module %q, want %q", address, got, want.module)
		}
		if got := WithoutHash(address); got != want.short {
			t.Errorf("%s: %q, want %q", address, got, want.short)
		}
	}
}
