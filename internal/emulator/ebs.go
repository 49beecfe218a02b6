package emulator

import "fmt"

// ebsDefaults stands in for what an account has once a region: EBS encryption by default, and the key for it.
type ebsDefaults struct {
	encrypted *store[bool]
	keys      *store[string]
}

func newEBSDefaults() *ebsDefaults { return &ebsDefaults{newStore[bool](), newStore[string]()} }

func (d *ebsDefaults) answer(r *Request) *Reply {
	switch r.Action {
	case "EnableEbsEncryptionByDefault", "DisableEbsEncryptionByDefault":
		d.encrypted.put(r.Region, r.Action == "EnableEbsEncryptionByDefault")
		return d.state(r)
	case "GetEbsEncryptionByDefault":
		return d.state(r)
	case "ModifyEbsDefaultKmsKeyId":
		d.keys.put(r.Region, r.Form.Get("KmsKeyId"))
		return d.key(r)
	case "ResetEbsDefaultKmsKeyId":
		d.keys.remove(r.Region)
		return d.key(r)
	case "GetEbsDefaultKmsKeyId":
		return d.key(r)
	}
	return nil
}

func (d *ebsDefaults) state(r *Request) *Reply {
	encrypted, _ := d.encrypted.get(r.Region) // AWS's own default is false
	return xmlReply(r.Action, fmt.Sprintf("<ebsEncryptionByDefault>%t</ebsEncryptionByDefault>", encrypted))
}

func (d *ebsDefaults) key(r *Request) *Reply {
	key, ok := d.keys.get(r.Region)
	if !ok {
		key = "alias/aws/ebs"
	}
	return xmlReply(r.Action, "<kmsKeyId>"+escape(key)+"</kmsKeyId>")
}
