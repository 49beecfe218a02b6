package emulator

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// misspelt are the names that the emulator gives to service-linked roles whose service's own name has more capitals
// (the services' User Guides, 'Using service-linked roles').
var misspelt = map[string]string{
	"AWSServiceRoleForRDS":         "AWSServiceRoleForRds",
	"AWSServiceRoleForElastiCache": "AWSServiceRoleForElasticache",
}

// serviceLinkedRoles has them under AWS's names, and answers as AWS where one is made twice.
type serviceLinkedRoles struct{ proxy *Proxy }

func (s serviceLinkedRoles) answer(r *Request) *Reply {
	switch name := r.Form.Get("RoleName"); {
	case r.Action == "CreateServiceLinkedRole":
		return s.create(r)
	case r.Action == "GetRole" && misspelt[name] != "":
		return s.get(r, name)
	}
	return nil
}

// create makes a role, once (IAM API Reference, CreateServiceLinkedRole: InvalidInput).
func (s serviceLinkedRoles) create(r *Request) *Reply {
	body, err := s.proxy.ask(r, r.Region, http.MethodPost, "/", "", r.Body)
	if refused := (*refusal)(nil); errors.As(err, &refused) && strings.Contains(refused.body, "EntityAlreadyExists") {
		return r.badRequest("InvalidInput", "Service role name has been taken in this account, please try a different suffix.")
	}
	return spelt(body, err)
}

func (s serviceLinkedRoles) get(r *Request, name string) *Reply {
	form := url.Values{}
	for key, values := range r.Form {
		form[key] = values
	}
	form.Set("RoleName", misspelt[name])
	return spelt(s.proxy.ask(r, r.Region, http.MethodPost, "/", "", []byte(form.Encode())))
}

// spelt is an answer with AWS's names; nil, which leaves the call to the emulator, where there is none.
func spelt(body []byte, err error) *Reply {
	if err != nil {
		return nil
	}
	for name, emulated := range misspelt {
		body = bytes.ReplaceAll(body, []byte(emulated), []byte(name))
	}
	return &Reply{Status: http.StatusOK, Header: http.Header{"Content-Type": {"text/xml"}}, Body: body}
}
