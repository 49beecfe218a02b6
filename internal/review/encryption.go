package review

import (
	"slices"
	"strings"
)

// encryptionRules: data or requests are encrypted less well.
var encryptionRules = table{verdict: Exposure, rules: []rule{
	{"*", "transit_encryption_enabled", turnedOff, "is switched off: data travels in clear", remedyKeep},
	{"aws_elasticache_*", "transit_encryption_mode", from("required"),
		"changes: data may travel in clear", remedyKeep},
	{"*", "at_rest_encryption_enabled", turnedOff, "is switched off: data lies in clear", remedyKeep},
	{"*", "storage_encrypted", turnedOff, "is switched off: data lies in clear", remedyKeep},
	{"aws_ebs_volume", "encrypted", turnedOff, "is switched off: data lies in clear", remedyKeep},
	{"*", "kms_key_id", removed,
		"is gone: the service's own key encrypts, which has no policy of ours", remedyKeep},
	{"*", "kms_master_key_id", removed, "is gone: what it holds is not encrypted by our key", remedyKeep},
	{"aws_s3_bucket_server_side_encryption_configuration",
		"rule.apply_server_side_encryption_by_default.sse_algorithm", from("aws:kms", "aws:kms:dsse"),
		"is weaker: no key's policy decides who reads", remedyKeep},
	{"aws_eks_cluster", "encryption_config", removed,
		"is gone: the cluster's secrets lie in clear", remedyKeep},
	{"aws_kms_key", "enable_key_rotation", turnedOff, "is switched off", remedyKeep},
	{"aws_lb_listener aws_alb_listener", "protocol", from("HTTPS", "TLS"),
		"changes: requests travel in clear", remedyKeep},
	{"aws_lb_target_group aws_alb_target_group", "protocol", from("HTTPS", "TLS"),
		"changes: requests travel in clear", remedyKeep},
	{"aws_cloudfront_distribution", "viewer_certificate.minimum_protocol_version", lowerTLS,
		"is lowered: older TLS is accepted", remedyKeep},
	{"aws_cloudfront_distribution", "default_cache_behavior.viewer_protocol_policy", looserViewer,
		"is weaker: requests may travel in clear", remedyKeep},
	{"aws_cloudfront_distribution", "ordered_cache_behavior[path_pattern].viewer_protocol_policy", looserViewer,
		"is weaker: requests may travel in clear", remedyKeep},
	{"aws_cloudfront_distribution",
		"origin[origin_id].custom_origin_config.origin_protocol_policy", from("https-only"),
		"is weaker: requests travel to the origin in clear", remedyKeep},
	{"aws_cloudfront_distribution",
		"origin[origin_id].custom_origin_config.origin_ssl_protocols", olderProtocol,
		"has an older protocol", remedyKeep},
	{"aws_opensearch_domain aws_elasticsearch_domain", "domain_endpoint_options.enforce_https", turnedOff,
		"is switched off", remedyKeep},
}}

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
		older := slices.Contains([]string{"SSLv3", "TLSv1", "TLSv1.1"}, protocol)
		if older && !slices.Contains(before.texts(), protocol) {
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
