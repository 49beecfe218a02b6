package emulator

// shieldSubscriptions stands in for the subscription to Shield Advanced. As on AWS, it can't be ended before its year is over.
type shieldSubscriptions struct{ renewals *store[string] } // one an account

func newShieldSubscriptions() *shieldSubscriptions { return &shieldSubscriptions{newStore[string]()} }

func (s *shieldSubscriptions) answer(r *Request) *Reply {
	const subscription = "subscription"
	renewal, ok := s.renewals.get(subscription)
	switch r.Action {
	case "CreateSubscription":
		if ok {
			return r.badRequest("ResourceAlreadyExistsException", "The subscription exists.")
		}
		s.renewals.put(subscription, "ENABLED")
	case "UpdateSubscription":
		changed, _ := r.given()["AutoRenew"].(string)
		s.renewals.put(subscription, changed)
	case "DeleteSubscription":
		return r.badRequest("LockedSubscriptionException", "The subscription could not be deactivated before time commitment expires.")
	case "DescribeSubscription":
		if !ok {
			return r.badRequest("ResourceNotFoundException", "The subscription does not exist.")
		}
		return jsonReply(object{"Subscription": object{
			"AutoRenew": renewal, "SubscriptionArn": "arn:aws:shield::000000000000:subscription", "TimeCommitmentInSeconds": 31536000,
			"SubscriptionLimits": object{
				"ProtectionLimits": object{"ProtectedResourceTypeLimits": []any{}},
				"ProtectionGroupLimits": object{"MaxProtectionGroups": 100,
					"PatternTypeLimits": object{"ArbitraryPatternLimits": object{"MaxMembers": 100}}},
			},
		}})
	default:
		return nil
	}
	return jsonReply(object{})
}
