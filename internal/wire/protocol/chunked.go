package protocol

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// unchunked is the content of a body. S3's uploads may come as aws-chunked: SIZE;chunk-signature=... CRLF CONTENT
// CRLF, until a size of 0 (S3 API reference, 'Signature calculations: transferring payload in multiple chunks').
func unchunked(request *Request) ([]byte, error) {
	if !strings.Contains(request.Header.Get("Content-Encoding"), "aws-chunked") {
		return request.Body, nil
	}
	var content []byte
	for rest := request.Body; ; {
		line, after, found := bytes.Cut(rest, []byte("\r\n"))
		if !found {
			return nil, errors.New("the chunked body ends before its last chunk")
		}
		digits, _, _ := strings.Cut(string(line), ";")
		size, err := strconv.ParseUint(digits, 16, 31)
		if err != nil {
			return nil, fmt.Errorf("reading the size of a chunk: %w", err)
		}
		if size == 0 {
			return content, nil
		}
		if len(after) < int(size)+2 {
			return nil, errors.New("a chunk of the body is shorter than it says")
		}
		content, rest = append(content, after[:size]...), after[size+2:]
	}
}
