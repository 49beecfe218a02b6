package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
)

// standIns are those for calls that ministack 1.5.33 does not know, by service. Each keeps what it is given and gives it back in AWS's
// form: that shows that Terraform's graph and order hold and that a second plan is clean, not that AWS accepts the values.
func standIns() map[string][]StandIn {
	return map[string][]StandIn{
		"access-analyzer":         {newAccessAnalyzers().answer},
		"application-autoscaling": {newScaling().answer},
		"config":                  {newConfigRecorders().answer},
		"ec2":                     {newEBSDefaults().answer, newEC2Settings().answer, newPrefixListRules().answer, newTransitAttachments().answer},
		"eks":                     {addonVersions},
		"elasticloadbalancing":    {newListenerCertificates().answer},
		"guardduty":               {newGuardDuty().answer},
		"kms":                     {managedKeys},
		"route53":                 {newSignedZones().answer},
		"s3":                      {newPublicAccess().answer},
		"rds":                     {newReservations().answer},
		"securityhub":             {newSecurityHub().answer},
		"shield":                  {newShieldSubscriptions().answer, newShieldProtections().answer},
		"logs":                    {newQueryDefinitions().answer},
		"wafv2":                   {newWebACLLogging().answer},
		"xray":                    {newXRay().answer},
		"codebuild":               {deletedByName},
		"codeconnections":         {newConnections().answer},
		"codepipeline":            {newPipelines().answer},
		"ecr":                     {newReplication().answer, newImageCache().answer},
	}
}

// store is a map for answers that are called at the same time.
type store[V any] struct {
	mutex  sync.Mutex
	values map[string]V
}

func newStore[V any]() *store[V] { return &store[V]{values: map[string]V{}} }

func (s *store[V]) put(key string, value V) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.values[key] = value
}

func (s *store[V]) get(key string) (V, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	value, ok := s.values[key]
	return value, ok
}

// below is the values whose keys are a path, as in a|b|c, or go on from it; all of them without one.
func (s *store[V]) below(path string) []V {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	values := []V{}
	for key, value := range s.values {
		if path == "" || key == path || strings.HasPrefix(key, path+"|") {
			values = append(values, value)
		}
	}
	return values
}

func (s *store[V]) remove(key string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	delete(s.values, key)
}

// jsonReply is a JSON answer.
func jsonReply(value any) *Reply {
	body, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("an answer that is no JSON: %v", err)) // they are made of maps and strings
	}
	return &Reply{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/x-amz-json-1.1"}}, Body: body}
}

// xmlReply is an answer of EC2.
func xmlReply(action, content string) *Reply {
	body := fmt.Sprintf(`<%sResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>titan</requestId>%s</%sResponse>`, action, content, action)
	return &Reply{Status: http.StatusOK, Header: http.Header{"Content-Type": {"text/xml;charset=UTF-8"}}, Body: []byte(body)}
}
