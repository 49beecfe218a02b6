package database

import (
	"github.com/aws/jsii-runtime-go"
	reservedoffering "github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawsrdsreservedinstanceoffering"
	reservedinstance "github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdsreservedinstance"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// reserve buys the writer and the declared readers for a year, paid by the month. It is a discount on what runs, not
// an instance, and cannot be given back. It is bought once: another offering or another number of readers would buy
// all of them a second time.
func (d *database) reserve() {
	offering := reservedoffering.NewDataAwsRdsReservedInstanceOffering(d.scope, jsii.String("offering"),
		&reservedoffering.DataAwsRdsReservedInstanceOfferingConfig{
			ProductDescription: jsii.String(engine),
			DbInstanceClass:    jsii.String(d.Settings.InstanceClass),
			Duration:           jsii.Number(365 * 24 * 60 * 60), // seconds
			OfferingType:       jsii.String("No Upfront"),
			MultiAz:            jsii.Bool(false), // a cluster's instances are reserved one by one
		})
	reservedinstance.NewRdsReservedInstance(d.scope, jsii.String("reserved"), &reservedinstance.RdsReservedInstanceConfig{
		OfferingId:    offering.OfferingId(),
		ReservationId: jsii.String(d.Identifier),
		InstanceCount: jsii.Number(1 + d.Settings.Readers),
		Lifecycle:     &cdktf.TerraformResourceLifecycle{IgnoreChanges: jsii.Strings("offering_id", "instance_count")},
	})
}
