package emulator

import (
	"net/http"
	"strings"
)

// noPublicAccessBlock is an error of S3 Control, which wraps it as S3 itself does not.
const noPublicAccessBlock = `<ErrorResponse><Error><Code>NoSuchPublicAccessBlockConfiguration</Code>` +
	`<Message>The public access block configuration was not found</Message></Error></ErrorResponse>`

// publicAccess stands in for S3's block of public access for a whole account, which S3 Control keeps, under S3's name
// in signatures.
type publicAccess struct{ blocks *store[[]byte] } // by account: the configuration as it was put

func newPublicAccess() *publicAccess { return &publicAccess{newStore[[]byte]()} }

func (b *publicAccess) answer(r *Request) *Reply {
	if path, _, _ := strings.Cut(r.Path, "?"); path != "/v20180820/configuration/publicAccessBlock" {
		return nil
	}
	account := r.Header.Get("X-Amz-Account-Id")
	switch r.Method {
	case http.MethodPut:
		b.blocks.put(account, r.Body)
		return &Reply{Status: http.StatusOK}
	case http.MethodDelete:
		b.blocks.remove(account)
		return &Reply{Status: http.StatusNoContent}
	}
	block, ok := b.blocks.get(account)
	if !ok {
		return &Reply{
			Status: http.StatusNotFound,
			Header: http.Header{"Content-Type": {"application/xml"}},
			Body:   []byte(noPublicAccessBlock),
		}
	}
	return &Reply{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/xml"}}, Body: block}
}
