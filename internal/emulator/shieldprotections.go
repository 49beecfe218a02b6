package emulator

import (
	"strings"

	"github.com/google/uuid"
)

// shieldProtections stands in for what Shield Advanced protects: one protection a resource, found by its id or by the
// resource's ARN. That there is a subscription is not asked, since the payer of an organization may have it.
type shieldProtections struct {
	made *store[object] // by id
	tags *store[any]    // by ARN
}

func newShieldProtections() *shieldProtections {
	return &shieldProtections{newStore[object](), newStore[any]()}
}

func (s *shieldProtections) answer(r *Request) *Reply {
	given := r.given()
	switch r.Action {
	case "CreateProtection":
		return s.create(r, given)
	case "DescribeProtection", "DeleteProtection":
		found, ok := s.find(given)
		if !ok {
			return r.badRequest("ResourceNotFoundException", "The protection does not exist.")
		}
		if r.Action == "DescribeProtection" {
			return jsonReply(object{"Protection": found})
		}
		id, _ := found["Id"].(string)
		s.made.remove(id)
		return jsonReply(object{})
	case "TagResource":
		arn, _ := given["ResourceARN"].(string)
		s.tags.put(arn, given["Tags"])
		return jsonReply(object{})
	case "ListTagsForResource":
		arn, _ := given["ResourceARN"].(string)
		tags, _ := s.tags.get(arn)
		return jsonReply(object{"Tags": tags})
	}
	return nil
}

func (s *shieldProtections) create(r *Request, given object) *Reply {
	resource, _ := given["ResourceArn"].(string)
	if _, found := s.find(object{"ResourceArn": resource}); found {
		return r.badRequest("ResourceAlreadyExistsException", "The resource has a protection.")
	}
	id, account := uuid.NewString(), "000000000000"
	if parts := strings.Split(resource, ":"); len(parts) > 4 && parts[4] != "" { // a zone's ARN names no account
		account = parts[4]
	}
	arn := "arn:aws:shield::" + account + ":protection/" + id
	s.made.put(id, object{"Id": id, "Name": given["Name"], "ResourceArn": resource, "ProtectionArn": arn, "HealthCheckIds": []any{}})
	s.tags.put(arn, given["Tags"])
	return jsonReply(object{"ProtectionId": id})
}

func (s *shieldProtections) find(given object) (object, bool) {
	if id, ok := given["ProtectionId"].(string); ok {
		return s.made.get(id)
	}
	for _, one := range s.made.below("") {
		if one["ResourceArn"] == given["ResourceArn"] {
			return one, true
		}
	}
	return nil, false
}
