package emulator

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

var (
	templateID      = regexp.MustCompile(`<launchTemplateId>([^<]+)</launchTemplateId>`)
	templateVersion = regexp.MustCompile(`<(?:latestVersionNumber|versionNumber)>(\d+)<`)
)

// launchTemplateKeys remembers the keys of a launch template's volumes, which the emulator forgets.
func launchTemplateKeys() ResponsePatch {
	var mutex sync.Mutex
	made := map[string]url.Values{} // by template and version: lt-1/2
	return func(r *Request, body []byte) ([]byte, []string) {
		mutex.Lock()
		defer mutex.Unlock()
		switch r.Action {
		case "CreateLaunchTemplate", "CreateLaunchTemplateVersion":
			if id, version := templateID.FindSubmatch(body), templateVersion.FindSubmatch(body); id != nil && version != nil {
				made[string(id[1])+"/"+string(version[1])] = r.Form
			}
		case "DescribeLaunchTemplateVersions":
			return withVolumeKeys(string(body), made)
		}
		return body, nil
	}
}

func withVolumeKeys(text string, made map[string]url.Values) ([]byte, []string) {
	var added []string
	for _, at := range templateID.FindAllStringSubmatchIndex(text, -1) {
		end := at[0] + elementEnd(text[at[0]:], "item")
		item := text[at[0]:end]
		version := templateVersion.FindStringSubmatch(item)
		if version == nil || strings.Contains(item, "<kmsKeyId>") {
			continue
		}
		form, ok := made[text[at[2]:at[3]]+"/"+version[1]]
		if !ok {
			continue
		}
		var completed strings.Builder
		for i, part := range strings.SplitAfter(item, "<ebs>") {
			if i > 0 {
				if key := form.Get(fmt.Sprintf("LaunchTemplateData.BlockDeviceMapping.%d.Ebs.KmsKeyId", i)); key != "" {
					completed.WriteString("<kmsKeyId>" + escape(key) + "</kmsKeyId>")
					added = append(added, "DescribeLaunchTemplateVersions.kmsKeyId")
				}
			}
			completed.WriteString(part)
		}
		if added != nil { // the provider asks for one version at a time, so one item is all there is
			return []byte(text[:at[0]] + completed.String() + text[end:]), added
		}
	}
	return []byte(text), nil
}
