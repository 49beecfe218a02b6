package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
)

// object is JSON, as calls carry it and answers give it back.
type object = map[string]any

// given is what a JSON call carries; nothing where it is no JSON.
func (r *Request) given() object {
	var body object
	if json.Unmarshal(r.Body, &body) != nil {
		return object{}
	}
	return body
}

// decode reads what a JSON call carries, and returns false where it is no JSON.
func (r *Request) decode(into any) bool { return json.Unmarshal(r.Body, into) == nil }

// pipelines stands in for CodePipeline.
type pipelines struct {
	made *store[object] // by region and name: the declaration
	tags *store[any]    // by ARN
}

func newPipelines() *pipelines {
	return &pipelines{made: newStore[object](), tags: newStore[any]()}
}

func (p *pipelines) answer(r *Request) *Reply {
	given := r.given()
	declaration, _ := given["pipeline"].(object)
	name, _ := given["name"].(string)
	if name == "" && declaration != nil {
		name, _ = declaration["name"].(string)
	}
	key := r.Region + "|" + name
	switch r.Action {
	case "CreatePipeline":
		p.tags.put(p.arn(r.Region, declaration), given["tags"])
		fallthrough
	case "UpdatePipeline":
		declaration["version"] = 1
		p.made.put(key, declaration)
		return jsonReply(object{"pipeline": declaration, "tags": given["tags"]})
	case "GetPipeline":
		declaration, ok := p.made.get(key)
		if !ok {
			return r.failure(http.StatusBadRequest, "PipelineNotFoundException")
		}
		return jsonReply(object{"pipeline": declaration, "metadata": object{"pipelineArn": p.arn(r.Region, declaration)}})
	case "DeletePipeline":
		p.made.remove(key)
		return jsonReply(object{})
	case "ListPipelines":
		return jsonReply(object{"pipelines": p.made.below(r.Region)})
	case "ListTagsForResource":
		arn, _ := given["resourceArn"].(string)
		tags, _ := p.tags.get(arn)
		return jsonReply(object{"tags": tags})
	}
	return nil
}

// arn of a pipeline, in the account of its role.
func (p *pipelines) arn(region string, declaration object) string {
	role, _ := declaration["roleArn"].(string)
	return fmt.Sprintf("arn:aws:codepipeline:%s:%s:%s", region, accountOf(role), declaration["name"])
}

// accountOf is the account in an ARN.
func accountOf(arn string) string {
	parts := strings.Split(arn, ":")
	if len(parts) < 5 {
		return "000000000000"
	}
	return parts[4]
}

// connections stands in for CodeConnections. Like AWS's, a connection stays pending until somebody accepts it, and nobody does here.
type connections struct {
	number atomic.Int64
	made   *store[object] // by ARN
}

func newConnections() *connections { return &connections{made: newStore[object]()} }

func (c *connections) answer(r *Request) *Reply {
	given := r.given()
	arn, _ := given["ConnectionArn"].(string)
	switch r.Action {
	case "CreateConnection":
		arn = fmt.Sprintf("arn:aws:codeconnections:%s:000000000000:connection/00000000-0000-0000-0000-%012d", r.Region, c.number.Add(1))
		c.made.put(r.Region+"|"+arn, object{"ConnectionArn": arn, "ConnectionName": given["ConnectionName"], "ProviderType": given["ProviderType"],
			"ConnectionStatus": "PENDING", "OwnerAccountId": "000000000000", "Tags": given["Tags"]})
		return jsonReply(object{"ConnectionArn": arn, "Tags": given["Tags"]})
	case "GetConnection":
		connection, ok := c.made.get(r.Region + "|" + arn)
		if !ok {
			return r.failure(http.StatusBadRequest, "ResourceNotFoundException")
		}
		return jsonReply(object{"Connection": connection})
	case "DeleteConnection":
		c.made.remove(r.Region + "|" + arn)
		return jsonReply(object{})
	case "ListConnections":
		return jsonReply(object{"Connections": c.made.below(r.Region)})
	case "ListTagsForResource":
		arn, _ := given["ResourceArn"].(string)
		connection, _ := c.made.get(r.Region + "|" + arn)
		return jsonReply(object{"Tags": connection["Tags"]})
	}
	return nil
}

// replication stands in for the replication of a private registry, one configuration a region.
type replication struct{ configurations *store[any] }

func newReplication() *replication { return &replication{newStore[any]()} }

func (c *replication) answer(r *Request) *Reply {
	switch r.Action {
	case "PutReplicationConfiguration":
		configuration := r.given()["replicationConfiguration"]
		c.configurations.put(r.Region, configuration)
		return jsonReply(object{"replicationConfiguration": configuration})
	case "DescribeRegistry":
		configuration, ok := c.configurations.get(r.Region)
		if !ok {
			configuration = object{"rules": []any{}}
		}
		return jsonReply(object{"registryId": "000000000000", "replicationConfiguration": configuration})
	}
	return nil
}
