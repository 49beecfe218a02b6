package emulator

import (
	"fmt"
	"maps"
)

// configRecorders stands in for AWS Config: ministack knows recorders and channels and deletes none. It records
// nothing, and holds to AWS's order.
type configRecorders struct {
	recorders, channels *store[object] // by region: AWS has one
	recording           *store[bool]
}

func newConfigRecorders() *configRecorders {
	return &configRecorders{newStore[object](), newStore[object](), newStore[bool]()}
}

func (c *configRecorders) answer(r *Request) *Reply {
	given := r.given()
	recorder, hasRecorder := c.recorders.get(r.Region)
	channel, hasChannel := c.channels.get(r.Region)
	recording, _ := c.recording.get(r.Region)
	switch r.Action {
	case "PutConfigurationRecorder":
		recorder, _ := given["ConfigurationRecorder"].(object)
		made := object{"recordingMode": object{"recordingFrequency": "CONTINUOUS"}}
		maps.Copy(made, recorder)
		c.recorders.put(r.Region, made)
	case "PutDeliveryChannel":
		if !hasRecorder {
			return r.badRequest(
				"NoAvailableConfigurationRecorderException",
				"There is no configuration recorder available to put delivery channel.",
			)
		}
		channel, _ := given["DeliveryChannel"].(object)
		c.channels.put(r.Region, channel)
	case "StartConfigurationRecorder":
		if !hasChannel {
			return r.badRequest(
				"NoAvailableDeliveryChannelException",
				"Delivery channel is not available to start configuration recorder.",
			)
		}
		c.recording.put(r.Region, true)
	case "StopConfigurationRecorder":
		c.recording.put(r.Region, false)
	case "DeleteDeliveryChannel":
		if recording {
			return r.badRequest("LastDeliveryChannelDeleteFailedException",
				"Failed to delete last specified delivery channel, because there is a running configuration recorder.")
		}
		c.channels.remove(r.Region)
	case "DeleteConfigurationRecorder":
		c.recorders.remove(r.Region)
	case "DescribeConfigurationRecorders":
		return listed(
			r,
			"ConfigurationRecorders",
			"NoSuchConfigurationRecorderException",
			"ConfigurationRecorderNames",
			recorder,
		)
	case "DescribeDeliveryChannels":
		return listed(r, "DeliveryChannels", "NoSuchDeliveryChannelException", "DeliveryChannelNames", channel)
	case "DescribeConfigurationRecorderStatus":
		var status object
		if hasRecorder {
			status = object{"name": recorder["name"], "recording": recording, "lastStatus": "SUCCESS"}
		}
		return listed(
			r,
			"ConfigurationRecordersStatus",
			"NoSuchConfigurationRecorderException",
			"ConfigurationRecorderNames",
			status,
		)
	default:
		return nil
	}
	return jsonReply(object{})
}

// listed is the one thing of a region, nil is none, where the call names it or none; it is refused where it names
// another.
func listed(r *Request, member, missing, names string, thing object) *Reply {
	asked, _ := r.given()[names].([]any)
	for _, name := range asked {
		if thing == nil || thing["name"] != name {
			return r.badRequest(missing, fmt.Sprintf("Cannot find %v", name))
		}
	}
	things := []any{}
	if thing != nil {
		things = append(things, thing)
	}
	return jsonReply(object{member: things})
}
