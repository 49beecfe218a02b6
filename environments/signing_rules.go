package environments

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"
)

// validateSigningKeys refuses what CloudFront does not take for a public key (CloudFront Developer Guide, 'Specify
// signers that can create signed URLs and signed cookies').
func (e Edge) validateSigningKeys(say report) {
	for i, key := range e.SigningKeys {
		if !isSigningKey(key) {
			say(fmt.Sprintf("edge.signing_keys.%d", i),
				"is no public key of RSA with 2048 bits or ECDSA P-256 in PEM; make one by "+
					"`openssl genrsa -out private.pem 2048 && openssl rsa -in private.pem -pubout`, "+
					"and keep the private one out of this file")
		}
	}
}

func isSigningKey(text string) bool {
	block, rest := pem.Decode([]byte(text))
	if block == nil || block.Type != "PUBLIC KEY" || strings.TrimSpace(string(rest)) != "" {
		return false
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return false
	}
	switch key := parsed.(type) {
	case *rsa.PublicKey:
		return key.N.BitLen() == 2048
	case *ecdsa.PublicKey:
		return key.Curve == elliptic.P256()
	}
	return false
}
