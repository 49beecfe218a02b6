package protocol

import (
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/smithy-go/encoding/cbor"

	"github.com/titan-platform/titan/internal/wire/model"
)

// encoded is a request of an operation as AWS's protocols have it (Smithy specification, 'AWS protocols').
func encoded(service *model.Service, operation *model.Operation, input map[string]any, protocol string) *Request {
	request := &Request{Service: service.Signing(), Region: "eu-west-1", Method: http.MethodPost, Path: "/",
		Header: http.Header{}}
	switch protocol {
	case "json":
		request.Header.Set("X-Amz-Target", service.Metadata.TargetPrefix+"."+operation.Name)
		request.Body = jsonOf(operation.Input, input)
	case "smithy-rpc-v2-cbor":
		request.Header.Set("Smithy-Protocol", "rpc-v2-cbor")
		request.Path = "/service/X/operation/" + operation.Name
		request.Body = cbor.Encode(cborOf(input))
	case "query", "ec2":
		form := url.Values{"Action": {operation.Name}, "Version": {service.Metadata.APIVersion}}
		for name, member := range operation.Input.Of.Members {
			if value, given := input[name]; given {
				encodeForm(form, formKey(name, member, protocol), member, value, protocol)
			}
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Body = []byte(form.Encode())
	default:
		encodeREST(request, operation, input, protocol)
	}
	return request
}

func jsonOf(ref *model.Ref, value any) []byte {
	text, err := json.Marshal(named(ref, value))
	if err != nil {
		panic(err)
	}
	return text
}

// named is a value with the names that members have in a document; what stands outside the body is left out.
func named(ref *model.Ref, value any) any {
	if ref.Of.Document {
		return value
	}
	switch v := value.(type) {
	case map[string]any:
		renamed := map[string]any{}
		for key, inner := range v {
			if ref.Of.Type == "map" {
				renamed[key] = named(ref.Of.Value, inner)
			} else if member := ref.Of.Members[key]; member.Location == "" {
				renamed[or(member.LocationName, key)] = named(member, inner)
			}
		}
		return renamed
	case []any:
		var list []any
		for _, inner := range v {
			list = append(list, named(ref.Of.Member, inner))
		}
		return list
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	}
	return value
}

func cborOf(value any) cbor.Value {
	switch v := value.(type) {
	case map[string]any:
		read := cbor.Map{}
		for key, inner := range v {
			read[key] = cborOf(inner)
		}
		return read
	case []any:
		var list cbor.List
		for _, inner := range v {
			list = append(list, cborOf(inner))
		}
		return list
	case int64:
		if v < 0 {
			return cbor.NegInt(-v)
		}
		return cbor.Uint(v)
	case float64:
		return cbor.Float64(v)
	case bool:
		return cbor.Bool(v)
	case []byte:
		return cbor.Slice(v)
	}
	return cbor.String(fmt.Sprint(value))
}

func formKey(name string, member *model.Ref, protocol string) string {
	if protocol == "ec2" {
		key := or(member.LocationName, name)
		return or(member.QueryName, strings.ToUpper(key[:1])+key[1:])
	}
	if member.Of.Type == "list" && (member.Flattened || member.Of.Flattened) {
		return or(member.Of.Member.LocationName, or(member.LocationName, name))
	}
	return or(member.LocationName, name)
}

func encodeForm(form url.Values, key string, ref *model.Ref, value any, protocol string) {
	isFlat := ref.Flattened || ref.Of.Flattened || protocol == "ec2"
	switch v := value.(type) {
	case map[string]any:
		if ref.Of.Type == "structure" {
			for name, inner := range v {
				encodeForm(form, key+"."+formKey(name, ref.Of.Members[name], protocol), ref.Of.Members[name], inner, protocol)
			}
			return
		}
		if !isFlat {
			key += ".entry"
		}
		for i, name := range slices.Sorted(maps.Keys(v)) {
			at := key + "." + strconv.Itoa(i+1) + "."
			form.Set(at+or(ref.Of.Key.LocationName, "key"), name)
			encodeForm(form, at+or(ref.Of.Value.LocationName, "value"), ref.Of.Value, v[name], protocol)
		}
	case []any:
		if !isFlat {
			key += "." + or(ref.Of.Member.LocationName, "member")
		}
		for i, inner := range v {
			encodeForm(form, key+"."+strconv.Itoa(i+1), ref.Of.Member, inner, protocol)
		}
	default:
		form.Set(key, textOf(v))
	}
}

func textOf(value any) string {
	if content, isBlob := value.([]byte); isBlob {
		return base64.StdEncoding.EncodeToString(content)
	}
	return fmt.Sprint(value)
}

func encodeREST(request *Request, operation *model.Operation, input map[string]any, protocol string) {
	shape := operation.Input.Of
	path, fixed, _ := strings.Cut(operation.HTTP.RequestURI, "?")
	query, _ := url.ParseQuery(fixed) // the model's own, which parses
	for name, value := range input {
		member := shape.Members[name]
		key := or(member.LocationName, name)
		switch member.Location {
		case "uri":
			path = strings.ReplaceAll(path, "{"+key+"}", url.PathEscape(textOf(value)))
			path = strings.ReplaceAll(path, "{"+key+"+}", strings.ReplaceAll(url.PathEscape(textOf(value)), "%2F", "/"))
		case "querystring":
			if entries, isMap := value.(map[string]any); isMap {
				for key, inner := range entries {
					query.Set(key, textOf(inner))
				}
			} else if list, isList := value.([]any); isList {
				for _, inner := range list {
					query.Add(key, textOf(inner))
				}
			} else {
				query.Set(key, textOf(value))
			}
		case "header":
			if list, isList := value.([]any); isList {
				request.Header.Set(key, strings.Trim(fmt.Sprintf("%s, %s", list[0], list[len(list)-1]), ", "))
			} else {
				request.Header.Set(key, textOf(value))
			}
		case "headers":
			for inner, content := range value.(map[string]any) {
				request.Header.Set(key+inner, textOf(content))
			}
		}
	}
	request.Method, request.Path = operation.HTTP.Method, path+"?"+query.Encode()
	ref, body := operation.Input, any(input)
	if shape.Payload != "" {
		ref, body = shape.Members[shape.Payload], input[shape.Payload]
	}
	switch content := body.(type) {
	case []byte:
		request.Body = content
	case string:
		request.Body = []byte(content)
	case map[string]any:
		if protocol == "rest-json" {
			request.Body = jsonOf(ref, content)
			return
		}
		var text strings.Builder
		encodeXML(&text, or(ref.LocationName, or(ref.Shape, "Input")), ref, content)
		request.Body = []byte(text.String())
	}
}

func encodeXML(text *strings.Builder, tag string, ref *model.Ref, value any) {
	switch v := value.(type) {
	case map[string]any:
		fmt.Fprintf(text, "<%s%s>", tag, attributesOf(ref, v))
		for name, inner := range v {
			if ref.Of.Type == "map" {
				fmt.Fprintf(text, "<entry>")
				encodeXML(text, or(ref.Of.Key.LocationName, "key"), ref.Of.Key, name)
				encodeXML(text, or(ref.Of.Value.LocationName, "value"), ref.Of.Value, inner)
				fmt.Fprintf(text, "</entry>")
				continue
			}
			member := ref.Of.Members[name]
			if member.Location != "" || member.XMLAttribute {
				continue
			}
			list, isList := inner.([]any)
			if !isList || !member.Flattened && !member.Of.Flattened {
				encodeXML(text, or(member.LocationName, name), member, inner)
				continue
			}
			for _, item := range list {
				encodeXML(text, or(member.LocationName, or(member.Of.Member.LocationName, name)), member.Of.Member, item)
			}
		}
	case []any:
		fmt.Fprintf(text, "<%s>", tag)
		for _, inner := range v {
			encodeXML(text, or(ref.Of.Member.LocationName, "member"), ref.Of.Member, inner)
		}
	default:
		fmt.Fprintf(text, "<%s>", tag)
		_ = xml.EscapeText(text, []byte(textOf(v))) // a builder takes everything
	}
	fmt.Fprintf(text, "</%s>", tag)
}

func attributesOf(ref *model.Ref, value map[string]any) string {
	var attributes strings.Builder
	for name, member := range ref.Of.Members {
		if content, given := value[name]; given && member.XMLAttribute {
			fmt.Fprintf(&attributes, ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" %s=%q`, or(member.LocationName,
				name), content)
		}
	}
	return attributes.String()
}
