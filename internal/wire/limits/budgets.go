package limits

import (
	"github.com/titan-platform/titan/internal/wire/protocol"
)

func budgetRules() []Rule {
	return []Rule{{"budgets", "Budgets API, CreateBudget; Cost Management user guide, 'Quotas and restrictions'",
		[]string{"budgets CreateBudget"}, budgets}}
}

func budgets(call *protocol.Call, report *Report) {
	var input struct {
		NotificationsWithSubscribers []struct {
			Subscribers []struct{ SubscriptionType string }
		}
	}
	call.Into(&input)
	report.AtMost(".NotificationsWithSubscribers", "notifications of a budget",
		len(input.NotificationsWithSubscribers), 10)
	for _, notification := range input.NotificationsWithSubscribers {
		emails := 0
		for _, subscriber := range notification.Subscribers {
			if subscriber.SubscriptionType == "EMAIL" {
				emails++
			}
		}
		const at = ".NotificationsWithSubscribers.Subscribers"
		report.AtMost(at, "addresses of a budget's notification", emails, 10)
		report.AtMost(at, "topics of a budget's notification", len(notification.Subscribers)-emails, 1)
	}
}
