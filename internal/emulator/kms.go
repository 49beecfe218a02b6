package emulator

import (
	"encoding/json"
	"fmt"
	"strings"
)

// managedKeys answers for AWS's own keys, which an account has by their alias alone: asking for one makes it (KMS API Reference, DescribeKey).
func managedKeys(r *Request) *Reply {
	var call struct{ KeyId string }
	if r.Action != "DescribeKey" || json.Unmarshal(r.Body, &call) != nil || !strings.HasPrefix(call.KeyId, "alias/aws/") {
		return nil
	}
	id := fmt.Sprintf("00000000-0000-0000-0000-%012x", len(call.KeyId))
	return jsonReply(map[string]any{"KeyMetadata": map[string]any{
		"KeyId": id, "Arn": fmt.Sprintf("arn:aws:kms:%s:000000000000:key/%s", r.Region, id), "KeyManager": "AWS", "KeyState": "Enabled", "Enabled": true,
		"KeyUsage": "ENCRYPT_DECRYPT", "KeySpec": "SYMMETRIC_DEFAULT", "Origin": "AWS_KMS", "CreationDate": 0, "MultiRegion": false,
	}})
}
