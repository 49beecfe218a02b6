package emulator

import "regexp"

// emptyHeaderConfig is a part of a response headers policy that nobody asked for; CloudFront itself leaves it out.
var emptyHeaderConfig = regexp.MustCompile(`<(CustomHeadersConfig|RemoveHeadersConfig)>\s*<Quantity>0</Quantity>\s*(?:<Items\s*/>|<Items>\s*</Items>)?\s*</(?:CustomHeadersConfig|RemoveHeadersConfig)>`)

// withoutEmptyHeaderConfigs takes out of the emulator's answers what was never put in.
func withoutEmptyHeaderConfigs(_ *Request, body []byte) ([]byte, []string) {
	found := emptyHeaderConfig.FindAllSubmatch(body, -1)
	if found == nil {
		return body, nil
	}
	var removed []string
	for _, m := range found {
		removed = append(removed, "GetResponseHeadersPolicy.without."+string(m[1]))
	}
	return emptyHeaderConfig.ReplaceAll(body, nil), removed
}
