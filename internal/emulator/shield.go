package emulator

// shieldSubscriptions stands in for the subscription to Shield Advanced. As on AWS, it is renewed, and that can't be
// changed before its last 30 days (Shield API Reference, LockedSubscriptionException).
type shieldSubscriptions struct{ made *store[bool] } // one an account

func newShieldSubscriptions() *shieldSubscriptions { return &shieldSubscriptions{newStore[bool]()} }

func (s *shieldSubscriptions) answer(r *Request) *Reply {
	const subscription = "subscription"
	_, ok := s.made.get(subscription)
	switch r.Action {
	case "CreateSubscription":
		if ok {
			return r.badRequest("ResourceAlreadyExistsException", "The subscription exists.")
		}
		s.made.put(subscription, true)
	case "UpdateSubscription", "DeleteSubscription":
		return r.badRequest(
			"LockedSubscriptionException",
			"The subscription could not be changed before its time commitment expires.",
		)
	case "DescribeSubscription":
		if !ok {
			return r.badRequest("ResourceNotFoundException", "The subscription does not exist.")
		}
		return jsonReply(object{"Subscription": object{
			"AutoRenew":               "ENABLED",
			"SubscriptionArn":         "arn:aws:shield::000000000000:subscription",
			"TimeCommitmentInSeconds": 31536000,
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
