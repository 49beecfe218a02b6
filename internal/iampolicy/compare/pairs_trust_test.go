package compare

import (
	"bytes"
	"encoding/json"
	"strings"
)

const (
	oidc = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"
	// serviceAccount is what the platform's roles of service accounts trust.
	serviceAccount = `{"Version":"2012-10-17","Statement":[{"Sid":"ServiceAccount","Effect":"Allow",
		"Principal":{"Federated":"arn:aws:iam::333333333333:oidc-provider/` + oidc +
		`"},"Action":"sts:AssumeRoleWithWebIdentity",
		"Condition":{"StringEquals":{"` + oidc + `:aud":"sts.amazonaws.com","` + oidc +
		`:sub":"system:serviceaccount:app:birthday-app"}}}]}`
	// eksService is what the cluster's role trusts.
	eksService = `{"Version":"2012-10-17","Statement":[
		{"Sid":"EKS","Effect":"Allow","Principal":{"Service":"eks.amazonaws.com"},"Action":"sts:AssumeRole",
			"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster"},
				"StringEquals":{"aws:SourceAccount":"333333333333"}}}
	]}`
)

// edited is a policy, without white space, with some parts replaced; a part that is not there would
// compare a policy with itself.
func edited(text string, oldnew ...string) string {
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(text)); err != nil {
		panic(err)
	}
	text = compact.String()
	for i := 0; i < len(oldnew); i += 2 {
		if !strings.Contains(text, oldnew[i]) {
			panic("no " + oldnew[i] + " in " + text)
		}
	}
	return strings.NewReplacer(oldnew...).Replace(text)
}

// trust is a trust policy of one statement for AWS principals.
func trust(elements string) string {
	return document2012(`{"Sid":"Assume","Effect":"Allow","Action":"sts:AssumeRole",` + elements + `}`)
}

var trustPairs = []pair{
	{"another service account",
		serviceAccount,
		edited(serviceAccount, "app:birthday-app", "app:other"),
		Incomparable, []string{
			`ServiceAccount: allows sts:AssumeRoleWithWebIdentity to ` +
				`arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE ` +
				`where oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud is sts.amazonaws.com and ` +
				`oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub is system:serviceaccount:app:other`,
		}},
	{"every service account of a namespace",
		serviceAccount,
		edited(serviceAccount, "StringEquals", "StringLike", "app:birthday-app", "app:*"),
		Wider, []string{
			`ServiceAccount: allows sts:AssumeRoleWithWebIdentity to ` +
				`arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE ` +
				`where oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud is sts.amazonaws.com and ` +
				`oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub is system:serviceaccount:app:* ` +
				`except system:serviceaccount:app:birthday-app`,
		}},
	{"a star that StringEquals takes literally",
		serviceAccount,
		edited(serviceAccount, "app:birthday-app", "app:*"),
		Incomparable, []string{
			`ServiceAccount: allows sts:AssumeRoleWithWebIdentity to ` +
				`arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE ` +
				`where oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud is sts.amazonaws.com and ` +
				`oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub is system:serviceaccount:app:*`,
		}},
	{"a second service account",
		serviceAccount,
		edited(
			serviceAccount,
			`"system:serviceaccount:app:birthday-app"`,
			`["system:serviceaccount:app:birthday-app","system:serviceaccount:app:jobs"]`,
		),
		Wider, []string{
			`ServiceAccount: allows sts:AssumeRoleWithWebIdentity to ` +
				`arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE ` +
				`where oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud is sts.amazonaws.com and ` +
				`oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub is system:serviceaccount:app:jobs`,
		}},
	{"without a subject",
		serviceAccount,
		edited(serviceAccount, `,"`+oidc+`:sub":"system:serviceaccount:app:birthday-app"`, ""),
		Wider, []string{
			`ServiceAccount: allows sts:AssumeRoleWithWebIdentity to ` +
				`arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE ` +
				`where oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud is sts.amazonaws.com and ` +
				`oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub is * except system:serviceaccount:app:birthday-app, or missing`,
		}},
	{"without an audience",
		serviceAccount,
		edited(serviceAccount, `"`+oidc+`:aud":"sts.amazonaws.com",`, ""),
		Wider, []string{
			`ServiceAccount: allows sts:AssumeRoleWithWebIdentity to ` +
				`arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE ` +
				`where oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud is * except sts.amazonaws.com, ` +
				`or missing and oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub is system:serviceaccount:app:birthday-app`,
		}},
	{"a subject that may be missing",
		serviceAccount,
		edited(serviceAccount, "StringEquals", "StringEqualsIfExists"),
		Wider, []string{
			`ServiceAccount: allows sts:AssumeRoleWithWebIdentity to ` +
				`arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE ` +
				`where oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud is missing and ` +
				`oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub is system:serviceaccount:app:birthday-app, or missing`,
			`ServiceAccount: allows sts:AssumeRoleWithWebIdentity to ` +
				`arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE ` +
				`where oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud is sts.amazonaws.com and ` +
				`oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub is missing`,
		}},
	{"every value of the subject",
		serviceAccount,
		edited(serviceAccount, "StringEquals", "ForAllValues:StringEquals"),
		Incomparable, []string{
			`ServiceAccount: allows sts:AssumeRoleWithWebIdentity to ` +
				`arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE ` +
				`where oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud has only sts.amazonaws.com, ` +
				`or is missing and oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub has only ` +
				`system:serviceaccount:app:birthday-app, or is missing`,
		}},
	{"the subject as a pattern without wildcard",
		serviceAccount,
		edited(serviceAccount, "StringEquals", "StringLike"),
		Equal, nil},
	{"another cluster's provider",
		serviceAccount,
		edited(serviceAccount, "oidc-provider/"+oidc, "oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/OTHER"),
		Incomparable, []string{
			`ServiceAccount: allows sts:AssumeRoleWithWebIdentity to ` +
				`arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/OTHER ` +
				`where oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud is sts.amazonaws.com and ` +
				`oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub is system:serviceaccount:app:birthday-app`,
		}},
	{"a second session tag action",
		serviceAccount,
		edited(
			serviceAccount,
			`"sts:AssumeRoleWithWebIdentity"`,
			`["sts:AssumeRoleWithWebIdentity","sts:TagSession"]`,
		),
		Wider, []string{
			`ServiceAccount: allows sts:TagSession to ` +
				`arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE ` +
				`where oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud is sts.amazonaws.com and ` +
				`oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub is system:serviceaccount:app:birthday-app`,
		}},
	{"a service without its account",
		eksService,
		edited(eksService, `,"StringEquals":{"aws:SourceAccount":"333333333333"}`, ""),
		Wider, []string{
			`EKS: allows sts:AssumeRole to eks.amazonaws.com where aws:SourceAccount is * except 333333333333, ` +
				`or missing and aws:SourceArn is arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster`,
		}},
	{"a service without its source",
		eksService,
		edited(
			eksService,
			`"ArnLike":{"aws:SourceArn":"arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster"},`,
			"",
		),
		Wider, []string{
			`EKS: allows sts:AssumeRole to eks.amazonaws.com where aws:SourceAccount is 333333333333 and aws:SourceArn is * ` +
				`except arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster, or missing`,
		}},
	{"every cluster of the account",
		eksService,
		edited(eksService, "cluster/titan-prod-cluster", "cluster/*"),
		Wider, []string{
			`EKS: allows sts:AssumeRole to eks.amazonaws.com where aws:SourceAccount is 333333333333 and aws:SourceArn is ` +
				`arn:aws:eks:eu-west-1:333333333333:cluster/* except arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster`,
		}},
	{"a second service",
		eksService,
		edited(eksService, `"eks.amazonaws.com"`, `["eks.amazonaws.com","ec2.amazonaws.com"]`),
		Wider, []string{
			`EKS: allows sts:AssumeRole to ec2.amazonaws.com where aws:SourceAccount is 333333333333 and aws:SourceArn is ` +
				`arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster`,
		}},
	{"an external id is asked for",
		trust(`"Principal":{"AWS":"222222222222"}`),
		trust(`"Principal":{"AWS":"222222222222"},"Condition":{"StringEquals":{"sts:ExternalId":"x"}}`),
		Narrower, nil},
	{"an external id is no longer asked for",
		trust(`"Principal":{"AWS":"222222222222"},"Condition":{"StringEquals":{"sts:ExternalId":"x"}}`),
		trust(`"Principal":{"AWS":"222222222222"}`),
		Wider, []string{
			`Assume: allows sts:AssumeRole to 222222222222 where sts:ExternalId is * except x, or missing`,
		}},
	{"multi-factor login is no longer asked for",
		trust(`"Principal":{"AWS":"222222222222"},"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`),
		trust(`"Principal":{"AWS":"222222222222"},"Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}`),
		Wider, []string{
			`Assume: allows sts:AssumeRole to 222222222222 where aws:MultiFactorAuthPresent is missing`,
		}},
	{"everyone of an organization",
		trust(`"Principal":{"AWS":"222222222222"}`),
		trust(`"Principal":{"AWS":"*"},"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`),
		Incomparable, []string{
			`Assume: allows sts:AssumeRole to * except 222222222222 where aws:PrincipalOrgID is o-1`,
		}},
	{"one organization for another",
		trust(`"Principal":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`),
		trust(`"Principal":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-2"}}`),
		Incomparable, []string{
			`Assume: allows sts:AssumeRole to * where aws:PrincipalOrgID is o-2`,
		}},
	{"the role of a list",
		trust(`"Principal":{"AWS":["arn:aws:iam::222222222222:role/a","arn:aws:iam::222222222222:role/b"]}`),
		trust(`"Principal":{"AWS":"arn:aws:iam::222222222222:role/b"}`),
		Narrower, nil},
}
