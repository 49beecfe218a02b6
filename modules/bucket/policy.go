package bucket

import "github.com/titan-platform/titan/internal/iampolicy"

// policyOf is the bucket's policy: nothing without TLS, and what the owner of the bucket adds.
func policyOf(arn string, more []iampolicy.Statement) string {
	statements := []iampolicy.Statement{{
		Sid:       "DenyWithoutTLS",
		Effect:    iampolicy.Deny,
		Principal: iampolicy.Everyone(),
		Action:    []string{"s3:*"},
		Resource:  []string{arn, arn + "/*"},
		Condition: iampolicy.Conditions{"Bool": {"aws:SecureTransport": {"false"}}},
	}}
	return iampolicy.Document(append(statements, more...)...)
}
