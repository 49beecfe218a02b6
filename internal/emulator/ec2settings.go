package emulator

import (
	"slices"
	"strings"
)

// ec2Settings stands in for what EC2 does in a region of an account by default: metadata options, and what of it may
// be public.
type ec2Settings struct{ values *store[string] } // by region and setting

func newEC2Settings() *ec2Settings { return &ec2Settings{newStore[string]()} }

// metadataDefaults are the options, as calls name them, and elements of answers but for their first letter.
var metadataDefaults = []string{"HttpEndpoint", "HttpPutResponseHopLimit", "HttpTokens", "InstanceMetadataTags"}

// publicStates are the calls about what may be public, by their subject: the parameter, which answers name too.
var publicStates = map[string]string{
	"SnapshotBlockPublicAccess": "State",
	"ImageBlockPublicAccess":    "ImageBlockPublicAccessState",
}

func (s *ec2Settings) answer(r *Request) *Reply {
	switch r.Action {
	case "ModifyInstanceMetadataDefaults":
		for _, option := range metadataDefaults {
			if r.Form.Has(option) {
				s.values.put(r.Region+"|"+option, r.Form.Get(option))
			}
		}
		return xmlReply(r.Action, "<return>true</return>")
	case "GetInstanceMetadataDefaults":
		return xmlReply(r.Action, "<accountLevel>"+s.metadata(r.Region)+"</accountLevel>")
	}
	for subject, parameter := range publicStates {
		key := r.Region + "|" + subject
		switch r.Action {
		case "Enable" + subject:
			s.values.put(key, r.Form.Get(parameter))
		case "Disable" + subject:
			s.values.remove(key)
		case "Get" + subject + "State":
		default:
			continue
		}
		state, ok := s.values.get(key)
		if !ok {
			state = "unblocked"
		}
		return xmlReply(r.Action, element(parameter, state))
	}
	return nil
}

// metadata are the options that somebody has a preference of; EC2 leaves the others out.
func (s *ec2Settings) metadata(region string) string {
	var text strings.Builder
	for _, option := range metadataDefaults {
		value, ok := s.values.get(region + "|" + option)
		if ok && !slices.Contains([]string{"no-preference", "-1"}, value) {
			text.WriteString(element(option, value))
		}
	}
	return text.String()
}

// element is a parameter of EC2 as an answer has it: its name begins with a small letter there.
func element(parameter, value string) string {
	name := strings.ToLower(parameter[:1]) + parameter[1:]
	return "<" + name + ">" + escape(value) + "</" + name + ">"
}
