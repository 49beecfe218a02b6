// Package queue is an example of an extension: a queue of orders with its dead letters and an alarm on them in AWS, and in
// the cluster the worker's namespace with what it may reach, and KEDA, which scales the worker by the queue's length.
package queue

import (
	"errors"
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchmetricalarm"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/sqsqueue"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/extension"
)

// Namespace is where the worker runs.
const Namespace = "orders"

// Orders is the extension. main.go hands it over: stacks.Main(queue.Orders{}).
type Orders struct {
	Days int // how long a message that nobody took is kept, in days: 1 to 14
}

// Name is part of every address: aws_sqs_queue.orders_queue_….
func (Orders) Name() string { return "orders" }

// Validate holds the days to what SQS takes (SQS API Reference, CreateQueue: MessageRetentionPeriod).
func (o Orders) Validate(environment environments.Environment) error {
	if o.Days < 1 || o.Days > 14 {
		return fmt.Errorf("a message is to be kept for %d days; SQS keeps messages for 1 to 14 days", o.Days)
	}
	if environment.Application.Namespace == Namespace {
		return errors.New("application.namespace is the worker's; choose another")
	}
	return nil
}

// Declare declares the queues, the alarm and the worker's role.
func (o Orders) Declare(scope constructs.Construct, aws extension.AWS) {
	dead := o.queue(scope, aws, "dead-letters", nil)
	queue := o.queue(scope, aws, "queue", dead)
	alarm(scope, aws, dead)

	aws.Output("queue_url", "where orders wait", *queue.Url())
	aws.WorkloadRole(scope, "orders-worker", Namespace, "worker",
		extension.Statement{
			Sid: "TakeOrders", Effect: extension.Allow,
			Action:   []string{"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"},
			Resource: []string{*queue.Arn()},
		},
		extension.Statement{
			Sid: "Decrypt", Effect: extension.Allow, Action: []string{"kms:Decrypt"}, Resource: []string{aws.DataKeyARN},
		},
	)
	aws.WorkloadRole(scope, "keda", scaler.Namespace, "keda-operator", extension.Statement{
		Sid: "MeasureOrders", Effect: extension.Allow,
		Action: []string{"sqs:GetQueueAttributes"}, Resource: []string{*queue.Arn()},
	})
}

// queue declares a queue that keeps its messages when the environment is protected, and gives those that were taken five
// times in vain to the queue of dead letters.
func (o Orders) queue(scope constructs.Construct, aws extension.AWS, id string, dead sqsqueue.SqsQueue) sqsqueue.SqsQueue {
	config := &sqsqueue.SqsQueueConfig{
		Name:                    jsii.String(aws.Target.Name + "-orders-" + id),
		KmsMasterKeyId:          jsii.String(aws.DataKeyARN),
		MessageRetentionSeconds: jsii.Number(o.Days * 24 * 60 * 60),
		Lifecycle:               aws.Lifecycle(),
	}
	if dead != nil {
		config.RedrivePolicy = cdktf.Fn_Jsonencode(map[string]any{"deadLetterTargetArn": *dead.Arn(), "maxReceiveCount": 5})
	}
	return sqsqueue.NewSqsQueue(scope, jsii.String(id), config)
}

// alarm tells the environment's topic of the first dead letter.
func alarm(scope constructs.Construct, aws extension.AWS, dead sqsqueue.SqsQueue) {
	cloudwatchmetricalarm.NewCloudwatchMetricAlarm(scope, jsii.String("dead-letters-alarm"), &cloudwatchmetricalarm.CloudwatchMetricAlarmConfig{
		AlarmName:          jsii.String(aws.Target.Name + "-orders-dead-letters"),
		AlarmDescription:   jsii.String("An order was taken five times and never done. Read it in the queue of dead letters."),
		Namespace:          jsii.String("AWS/SQS"),
		MetricName:         jsii.String("ApproximateNumberOfMessagesVisible"),
		Dimensions:         &map[string]*string{"QueueName": dead.Name()},
		Statistic:          jsii.String("Maximum"),
		ComparisonOperator: jsii.String("GreaterThanThreshold"),
		Threshold:          jsii.Number(0),
		EvaluationPeriods:  jsii.Number(1),
		Period:             jsii.Number(60),
		TreatMissingData:   jsii.String("notBreaching"), // an idle queue sends no metric
		AlarmActions:       jsii.Strings(aws.TopicARN),
		OkActions:          jsii.Strings(aws.TopicARN),
	})
}
