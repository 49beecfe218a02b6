package emulator

import "bytes"

// askedAgain names what the emulator answers only to the same call a second time: the ARN of a subscription that nobody has confirmed yet, for
// which Subscribe was asked by ReturnSubscriptionArn. It is empty for any other call.
func askedAgain(r *Request, reply *Reply) string {
	if r.Service == "sns" && r.Action == "Subscribe" && r.Form.Get("ReturnSubscriptionArn") == "true" && bytes.Contains(reply.Body, []byte(">pending confirmation<")) {
		return "Subscribe.ReturnSubscriptionArn"
	}
	return ""
}
