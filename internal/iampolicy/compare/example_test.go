package compare_test

import (
	"fmt"

	"github.com/titan-platform/titan/internal/iampolicy/compare"
)

func ExamplePolicies() {
	before := `{"Version":"2012-10-17","Statement":[
		{"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/*"},
		{"Sid":"TLS","Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`
	after := `{"Version":"2012-10-17","Statement":[
		{"Sid":"Read","Effect":"Allow","Action":["s3:Get*","s3:PutObject"],"Resource":"arn:aws:s3:::reports/*"}]}`
	result, err := compare.Policies([]byte(before), []byte(after))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.Relation)
	for _, grant := range result.Added {
		fmt.Println(grant)
	}
	// Output:
	// wider
	// Read: allows s3:Get*, s3:PutObject except s3:GetObject on arn:aws:s3:::reports/*
	// TLS: no longer denies s3:* on * where aws:SecureTransport is false
}
