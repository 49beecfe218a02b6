package emulator

import (
	"fmt"
	"slices"
)

// quotaDefault is a quota as AWS documents it.
type quotaDefault struct {
	service, code, name string
	value               float64
}

// quotaDefaults are AWS's defaults of what the preflight asks for (Amazon VPC User Guide, 'Amazon VPC quotas'; Amazon EC2
// User Guide, 'On-Demand Instance quotas' and 'Spot Instance quotas'; AWS General Reference, 'endpoints and quotas' of
// each service; AWS CodeBuild User Guide, 'Quotas for AWS CodeBuild'; Amazon CloudFront Developer Guide, 'Quotas'). A
// fresh account may have less.
var quotaDefaults = []quotaDefault{
	{"vpc", "L-F678F1CE", "VPCs per Region", 5},
	{"vpc", "L-A4707A72", "Internet gateways per Region", 5},
	{"vpc", "L-FE5A380F", "NAT gateways per Availability Zone", 5},
	{"ec2", "L-0263D0A3", "EC2-VPC Elastic IPs", 5},
	{"ec2", "L-1216C47A", "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 5},
	{"ec2", "L-34B43A08", "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests", 5},
	{"ec2", "L-DB2E81BA", "Running On-Demand G and VT instances", 0},
	{"ec2", "L-3819A6DF", "All G and VT Spot Instance Requests", 0},
	{"ec2", "L-417A185B", "Running On-Demand P instances", 0},
	{"ec2", "L-7212CCBC", "All P4, P3 and P2 Spot Instance Requests", 0},
	{"ec2", "L-7295265B", "Running On-Demand X instances", 0},
	{"ec2", "L-E3A00192", "All X Spot Instance Requests", 0},
	{"eks", "L-1194D53C", "Clusters", 100},
	{"elasticloadbalancing", "L-53DA6B97", "Application Load Balancers per Region", 50},
	{"rds", "L-952B80B8", "DB clusters", 40},
	{"rds", "L-7B6409FD", "DB instances", 40},
	{"elasticache", "L-DFE45DF3", "Nodes per Region", 300},
	{"cloudfront", "L-24B04930", "Web distributions per AWS account", 500},
	{"cloudfront", "L-7D134442", "Cache policies per AWS account", 20},
	{"iam", "L-FE177D64", "Roles per account", 1000},
	{"s3", "L-DC2B2D3D", "General purpose buckets", 10000},
	{"codebuild", "L-9D07B6EF", "Concurrently running builds for Linux/Small environment", 1},
	{"codebuild", "L-2DC20C30", "Concurrently running builds for Linux/Medium environment", 1},
	{"codebuild", "L-4DDC4A99", "Concurrently running builds for Linux/Large environment", 1},
}

// serviceQuotas stands in for Service Quotas. It counts nothing, and nothing is refused because of a quota.
type serviceQuotas struct {
	applied *store[float64] // by region, service and code
}

func newServiceQuotas() *serviceQuotas { return &serviceQuotas{newStore[float64]()} }

// SetQuota applies another value than AWS's default in a region, as an account may have it.
func (p *Proxy) SetQuota(region, service, code string, value float64) {
	p.quotas.applied.put(quotaKey(region, service, code), value)
}

func quotaKey(region, service, code string) string { return region + "|" + service + "|" + code }

func (s *serviceQuotas) answer(r *Request) *Reply {
	given := r.given()
	service, code := fmt.Sprint(given["ServiceCode"]), fmt.Sprint(given["QuotaCode"])
	switch r.Action {
	case "GetServiceQuota", "GetAWSDefaultServiceQuota":
		for _, quota := range s.of(r, service) {
			if quota["QuotaCode"] == code {
				return jsonReply(object{"Quota": quota})
			}
		}
		return r.badRequest("NoSuchResourceException", "The specified quota does not exist.")
	case "ListServiceQuotas", "ListAWSDefaultServiceQuotas":
		if !knownService(service) {
			return r.badRequest("NoSuchResourceException", "The specified service does not exist.")
		}
		return jsonReply(object{"Quotas": s.of(r, service)})
	}
	return nil
}

// of are a service's quotas as an action has them: the defaults, or what is applied. One that was never raised has no
// applied value (Service Quotas API Reference, GetServiceQuota).
func (s *serviceQuotas) of(r *Request, service string) []object {
	standard := r.Action == "GetAWSDefaultServiceQuota" || r.Action == "ListAWSDefaultServiceQuotas"
	quotas := []object{}
	for _, quota := range quotaDefaults {
		value, applied := s.applied.get(quotaKey(r.Region, quota.service, quota.code))
		if quota.service != service || !standard && !applied {
			continue
		}
		if standard {
			value = quota.value
		}
		quotas = append(quotas, object{
			"ServiceCode": service, "QuotaCode": quota.code, "QuotaName": quota.name, "Value": value, "Unit": "None",
			"QuotaArn": fmt.Sprintf("arn:aws:servicequotas:%s::%s/%s", r.Region, service, quota.code),
		})
	}
	return quotas
}

func knownService(service string) bool {
	return slices.ContainsFunc(quotaDefaults, func(q quotaDefault) bool { return q.service == service })
}
