package emulator

import (
	"net/http"
	"strings"
)

// publicAccess stands in for S3's block of public access for a whole account, which S3 Control keeps, under S3's name in signatures.
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
		return r.refuse(http.StatusNotFound, "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")
	}
	return &Reply{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/xml"}}, Body: block}
}
