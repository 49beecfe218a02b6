package kinds

import "testing"

// TestWhatExtensionsDeclareIsProtected has types that the platform's own stacks do not have.
func TestWhatExtensionsDeclareIsProtected(t *testing.T) {
	for kind, want := range map[string]bool{
		"aws_sqs_queue": true, "aws_dynamodb_table": true, "kubernetes_persistent_volume_claim_v1": true,
		"aws_of_tomorrow": true, "random_password": true, // not known
		"aws_iam_role": false, "aws_cloudwatch_metric_alarm": false, "kubernetes_network_policy_v1": false,
		"aws_rds_cluster": true, "aws_cloudwatch_log_group": false, // as the platform's own
	} {
		if HoldData(kind) != want {
			t.Errorf("%s: got %v, want %v", kind, !want, want)
		}
	}
	for kind := range unprotected {
		if !MayHoldData(kind) || types[kind] {
			t.Errorf("%s is excepted from what it is not", kind)
		}
	}
}
