package observability

import (
	"fmt"
	"strconv"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/budgetsbudget"
)

// upkeepAlarms declares what tells of what nobody looks at until it ends.
func (o *observability) upkeepAlarms() {
	for i, gateway := range o.NATGatewayIDs {
		o.alarm(alarm{
			id:          "nat-ports",
			instance:    strconv.Itoa(i + 1),
			description: "A NAT gateway has no port left for another connection to the same destination, and refuses it",
			metric:      natMetric(gateway, "ErrorPortAllocation", "Sum"),
			comparison:  above,
			threshold:   0,
			period:      300,
			points:      1,
			missing:     notBreaching,
		})
	}
	o.alarm(certificateAlarm("regional", o.RegionalCertificateARN, o.Settings.Thresholds.CertificateDays))
}

func certificateAlarm(instance, arn string, days int) alarm {
	return alarm{
		id:          "certificate",
		instance:    instance,
		description: fmt.Sprintf("A certificate ends within %d days, and ACM has not renewed it", days),
		metric:      daysToExpiry(arn),
		comparison:  below,
		threshold:   days,
		period:      24 * 60 * 60,
		points:      1,
		missing:     ignore, // it comes twice a day, and no more once the certificate has ended
	}
}

func natMetric(gateway, name, statistic string) metric {
	return metric{
		namespace:  "AWS/NATGateway",
		name:       name,
		dimensions: map[string]string{"NatGatewayId": gateway},
		statistic:  statistic,
	}
}

func daysToExpiry(certificateARN string) metric {
	return metric{
		namespace:  "AWS/CertificateManager",
		name:       "DaysToExpiry",
		dimensions: map[string]string{"CertificateArn": certificateARN},
		statistic:  "Minimum",
	}
}

// budget tells when the month's spending reaches 80 % of the budget, or is about to. It counts by tag, as an account
// may hold several environments. AWS Budgets is one for all regions, and publishes to a topic in any of them.
func (o *observability) budget() {
	if o.Settings.BudgetUSD == 0 {
		return
	}
	const percent = 80
	var notifications []budgetsbudget.BudgetsBudgetNotification
	for _, kind := range []string{"ACTUAL", "FORECASTED"} {
		notifications = append(notifications, budgetsbudget.BudgetsBudgetNotification{
			NotificationType:       jsii.String(kind),
			ComparisonOperator:     jsii.String("GREATER_THAN"),
			Threshold:              jsii.Number(percent),
			ThresholdType:          jsii.String("PERCENTAGE"),
			SubscriberSnsTopicArns: jsii.Strings(o.topicARN),
		})
	}
	budgetsbudget.NewBudgetsBudget(o.scope, jsii.String("budget"), &budgetsbudget.BudgetsBudgetConfig{
		Name:        jsii.String(o.Name + "-budget"),
		BudgetType:  jsii.String("COST"),
		TimeUnit:    jsii.String("MONTHLY"),
		LimitAmount: jsii.String(strconv.Itoa(o.Settings.BudgetUSD)),
		LimitUnit:   jsii.String("USD"),
		CostFilter: []budgetsbudget.BudgetsBudgetCostFilter{{
			Name:   jsii.String("TagKeyValue"),
			Values: jsii.Strings("user:environment$" + o.Environment), // Budgets' own form: user:<key>$<value>
		}},
		Notification: notifications,
	})
}

type object = map[string]any
