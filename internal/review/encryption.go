package review

import (
	"slices"
	"strings"
)

// encryptionRules: data or requests are encrypted less well.
var encryptionRules = []rule{
	{verdict: Exposure, kinds: []string{"*"}, path: "transit_encryption_enabled", worse: turnedOff,
		says: "is switched off: data travels in clear", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_elasticache_*"}, path: "transit_encryption_mode", worse: from("required"),
		says: "changes: data may travel in clear", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"*"}, path: "at_rest_encryption_enabled", worse: turnedOff,
		says: "is switched off: data lies in clear", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"*"}, path: "storage_encrypted", worse: turnedOff,
		says: "is switched off: data lies in clear", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_ebs_volume"}, path: "encrypted", worse: turnedOff,
		says: "is switched off: data lies in clear", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"*"}, path: "kms_key_id", worse: removed,
		says: "is gone: the service's own key encrypts, which has no policy of ours", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"*"}, path: "kms_master_key_id", worse: removed,
		says: "is gone: what it holds is not encrypted by our key", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_s3_bucket_server_side_encryption_configuration"},
		path: "rule.apply_server_side_encryption_by_default.sse_algorithm", worse: from("aws:kms", "aws:kms:dsse"),
		says: "is weaker: no key's policy decides who reads", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_eks_cluster"}, path: "encryption_config", worse: removed,
		says: "is gone: the cluster's secrets lie in clear", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_kms_key"}, path: "enable_key_rotation", worse: turnedOff,
		says: "is switched off", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_lb_listener", "aws_alb_listener"}, path: "protocol", worse: from("HTTPS", "TLS"),
		says: "changes: requests travel in clear", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_lb_target_group", "aws_alb_target_group"}, path: "protocol",
		worse: from("HTTPS", "TLS"), says: "changes: requests travel in clear", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_cloudfront_distribution"}, path: "viewer_certificate.minimum_protocol_version",
		worse: lowerTLS, says: "is lowered: older TLS is accepted", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_cloudfront_distribution"}, path: "default_cache_behavior.viewer_protocol_policy",
		worse: looserViewer, says: "is weaker: requests may travel in clear", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_cloudfront_distribution"},
		path: "ordered_cache_behavior[path_pattern].viewer_protocol_policy", worse: looserViewer,
		says: "is weaker: requests may travel in clear", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_cloudfront_distribution"},
		path: "origin[origin_id].custom_origin_config.origin_protocol_policy", worse: from("https-only"),
		says: "is weaker: requests travel to the origin in clear", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_cloudfront_distribution"},
		path: "origin[origin_id].custom_origin_config.origin_ssl_protocols", worse: olderProtocol,
		says: "has an older protocol", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_opensearch_domain", "aws_elasticsearch_domain"},
		path: "domain_endpoint_options.enforce_https", worse: turnedOff, says: "is switched off", remedy: remedyKeep},
}

// lowerTLS compares names such as TLSv1.2_2021, TLSv1 and SSLv3, whose order is that of their text but for SSLv3.
func lowerTLS(before, after node) bool {
	if before.text() == "" {
		return false
	}
	return after.isUnknown() || rankTLS(after.text()) < rankTLS(before.text())
}

// rankTLS is the place of a security policy of CloudFront's. Source: CloudFront Developer Guide, 'Supported protocols
// and ciphers between viewers and CloudFront'. An unknown or missing one is the weakest.
func rankTLS(name string) int {
	return slices.Index([]string{"SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016", "TLSv1.2_2018", "TLSv1.2_2019",
		"TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"}, name)
}

func looserViewer(before, after node) bool {
	order := []string{"allow-all", "redirect-to-https", "https-only"}
	b, a := slices.Index(order, before.text()), slices.Index(order, after.text())
	return b > 0 && a < b && (a == 0 || a < 0) // a redirect still ends in TLS
}

func olderProtocol(before, after node) bool {
	for _, protocol := range after.texts() {
		if !slices.Contains(before.texts(), protocol) && (strings.HasPrefix(protocol, "SSL") || protocol == "TLSv1" || protocol == "TLSv1.1") {
			return true
		}
	}
	return false
}

// tlsPolicy holds a listener's security policy to what it was. Its name says the oldest protocol, and not more: two of
// one protocol differ in ciphers, and a change between them is shown as a warning.
func (r *reviewer) tlsPolicy(c *change) {
	if !matches([]string{"aws_lb_listener", "aws_alb_listener"}, c.kind) || c.action != Update && c.action != Replace {
		return
	}
	before, after := c.before.field("ssl_policy"), c.after.field("ssl_policy")
	if before.text() == "" || before.text() == after.text() {
		return
	}
	f := Finding{Verdict: Exposure, Rule: "ssl_policy", Remedy: remedyKeep,
		Detail: r.difference(c, pair{"ssl_policy", before, after})}
	b, a := oldestTLS(before.text()), oldestTLS(after.text())
	switch {
	case after.isUnknown() || a < b:
		f.Summary = "ssl_policy is lowered: older TLS is accepted"
	case a == b:
		f.Severity, f.Summary = Warning, "ssl_policy changes: other ciphers are accepted"
	default:
		return
	}
	r.find(c, f)
}

// oldestTLS is the oldest protocol that a policy of Elastic Load Balancing accepts: 10 for TLS 1.0. Source: Application
// Load Balancer guide, 'Security policies'. A policy that is not known accepts the oldest.
func oldestTLS(policy string) int {
	for _, known := range []struct {
		text   string
		oldest int
	}{
		{"TLS13-1-3", 13}, {"TLS13-1-2", 12}, {"TLS13-1-1", 11}, {"TLS13-1-0", 10},
		{"FS-1-2", 12}, {"FS-1-1", 11}, {"TLS-1-2", 12}, {"TLS-1-1", 11},
	} {
		if strings.Contains(policy, known.text) {
			return known.oldest
		}
	}
	return 10
}
