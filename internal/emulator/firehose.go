package emulator

import (
	"encoding/json"
	"sync"
)

// forgottenByFirehose puts what a stream was given for its S3 destination, and the emulator forgot, into its description.
func forgottenByFirehose() ResponsePatch {
	var mutex sync.Mutex
	made := map[string]map[string]any{}
	return func(r *Request, body []byte) ([]byte, []string) {
		mutex.Lock()
		defer mutex.Unlock()
		var given struct {
			DeliveryStreamName                 string
			ExtendedS3DestinationConfiguration map[string]any
		}
		if json.Unmarshal(r.Body, &given) != nil {
			return body, nil
		}
		key := r.Region + "/" + given.DeliveryStreamName
		switch r.Action {
		case "CreateDeliveryStream":
			made[key] = given.ExtendedS3DestinationConfiguration
		case "DescribeDeliveryStream":
			return completeStream(body, made[key])
		}
		return body, nil
	}
}

func completeStream(body []byte, made map[string]any) ([]byte, []string) {
	var answer map[string]map[string]any
	if json.Unmarshal(body, &answer) != nil {
		return body, nil
	}
	destinations, _ := answer["DeliveryStreamDescription"]["Destinations"].([]any)
	var added []string
	for _, destination := range destinations {
		described, _ := destination.(map[string]any)
		s3, ok := described["ExtendedS3DestinationDescription"].(map[string]any)
		if !ok {
			continue
		}
		for _, field := range []string{"CustomTimeZone", "FileExtension"} {
			if value, given := made[field]; given && s3[field] == nil {
				s3[field] = value
				added = append(added, "DescribeDeliveryStream."+field)
			}
		}
	}
	if added == nil {
		return body, nil
	}
	completed, err := json.Marshal(answer)
	if err != nil {
		return body, nil
	}
	return completed, added
}
