package compare

// for whom a queue's policy allows sending; principals is the element with its name.
func queue(principals string) string {
	return document2012(allow(principals +
		`,"Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-west-1:111111111111:q"`))
}

// aws is a Principal of kind AWS.
func aws(names string) string { return queue(`"Principal":{"AWS":` + names + `}`) }

var principalPairs = []pair{
	{"the same role",
		aws(`"arn:aws:iam::111111111111:role/a"`),
		aws(`["arn:aws:iam::111111111111:role/a"]`),
		Equal, nil},
	{"one more role",
		aws(`"arn:aws:iam::111111111111:role/a"`),
		aws(`["arn:aws:iam::111111111111:role/a","arn:aws:iam::111111111111:role/b"]`),
		Wider, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to arn:aws:iam::111111111111:role/b`,
		}},
	{"one role less",
		aws(`["arn:aws:iam::111111111111:role/a","arn:aws:iam::111111111111:role/b"]`),
		aws(`"arn:aws:iam::111111111111:role/b"`),
		Narrower, nil},
	{"another role",
		aws(`"arn:aws:iam::111111111111:role/a"`),
		aws(`"arn:aws:iam::111111111111:role/b"`),
		Incomparable, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to arn:aws:iam::111111111111:role/b`,
		}},
	{"principals know case",
		aws(`"arn:aws:iam::111111111111:role/a"`),
		aws(`"arn:aws:iam::111111111111:role/A"`),
		Incomparable, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to arn:aws:iam::111111111111:role/A`,
		}},
	{"an account by id and by root", aws(`"111111111111"`), aws(`"arn:aws:iam::111111111111:root"`), Equal, nil},
	{"an account by both", aws(`"111111111111"`), aws(`["arn:aws:iam::111111111111:root","111111111111"]`), Equal, nil},
	{"another account", aws(`"111111111111"`), aws(`"222222222222"`), Incomparable, []string{
		`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to 222222222222`,
	}},
	{"one more account", aws(`"111111111111"`), aws(`["111111111111","222222222222"]`), Wider, []string{
		`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to 222222222222`,
	}},
	{"everyone for an account", aws(`"111111111111"`), aws(`"*"`), Wider, []string{
		`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to * except 111111111111`,
	}},
	{"an account for everyone", aws(`"*"`), aws(`"111111111111"`), Narrower, nil},
	{"a role for everyone", aws(`"*"`), aws(`"arn:aws:iam::111111111111:role/a"`), Narrower, nil},
	{"everyone, written two ways", queue(`"Principal":"*"`), aws(`"*"`), Equal, nil},
	{"everyone in a list", queue(`"Principal":"*"`), aws(`["*"]`), Equal, nil},
	{"everyone and one", aws(`"*"`), aws(`["*","arn:aws:iam::111111111111:role/a"]`), Equal, nil},
	{"an account admits its roles by its own policies only",
		aws(`"111111111111"`),
		aws(`"arn:aws:iam::111111111111:role/a"`),
		Incomparable, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to arn:aws:iam::111111111111:role/a (directly, ` +
				`whatever its account's IAM policies say)`,
		}},
	{"the account for a role", aws(`"arn:aws:iam::111111111111:role/a"`), aws(`"111111111111"`), Incomparable, []string{
		`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to 111111111111 ` +
			`except arn:aws:iam::111111111111:role/a`,
	}},
	{"the account beside a role",
		aws(`"arn:aws:iam::111111111111:role/a"`),
		aws(`["111111111111","arn:aws:iam::111111111111:role/a"]`),
		Wider, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to 111111111111 ` +
				`except arn:aws:iam::111111111111:role/a`,
		}},
	{"a role leaves its account",
		aws(`["111111111111","arn:aws:iam::111111111111:role/a"]`),
		aws(`"111111111111"`),
		Narrower, nil},
	{"a role of another account",
		aws(`"111111111111"`),
		aws(`["111111111111","arn:aws:iam::222222222222:role/a"]`),
		Wider, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to arn:aws:iam::222222222222:role/a`,
		}},
	{"one of a role's sessions is not bound by its boundary",
		aws(`"arn:aws:iam::111111111111:role/a"`),
		aws(`"arn:aws:sts::111111111111:assumed-role/a/s"`),
		Incomparable, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to arn:aws:sts::111111111111:assumed-role/a/s ` +
				`(directly, whatever its account's IAM policies say)`,
		}},
	{"the role for a session",
		aws(`"arn:aws:sts::111111111111:assumed-role/a/s"`),
		aws(`"arn:aws:iam::111111111111:role/a"`),
		Incomparable, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to arn:aws:iam::111111111111:role/a ` +
				`except arn:aws:sts::111111111111:assumed-role/a/s`,
		}},
	{"another session",
		aws(`"arn:aws:sts::111111111111:assumed-role/a/s"`),
		aws(`"arn:aws:sts::111111111111:assumed-role/a/t"`),
		Incomparable, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to arn:aws:sts::111111111111:assumed-role/a/t`,
		}},
	{"one more user",
		aws(`"arn:aws:iam::111111111111:user/a"`),
		aws(`["arn:aws:iam::111111111111:user/a","arn:aws:iam::111111111111:user/b"]`),
		Wider, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to arn:aws:iam::111111111111:user/b`,
		}},
	{"one more service",
		queue(`"Principal":{"Service":"sns.amazonaws.com"}`),
		queue(`"Principal":{"Service":["sns.amazonaws.com","s3.amazonaws.com"]}`),
		Wider, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to s3.amazonaws.com`,
		}},
	{"another service",
		queue(`"Principal":{"Service":"sns.amazonaws.com"}`),
		queue(`"Principal":{"Service":"s3.amazonaws.com"}`),
		Incomparable, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to s3.amazonaws.com`,
		}},
	{"a service beside everyone",
		aws(`"*"`),
		queue(`"Principal":{"AWS":"*","Service":"sns.amazonaws.com"}`),
		Wider, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to sns.amazonaws.com ` +
				`except * (where that includes services and identity providers)`,
		}},
	{"a service beside an account",
		aws(`"111111111111"`),
		queue(`"Principal":{"AWS":"111111111111","Service":"sns.amazonaws.com"}`),
		Wider, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to sns.amazonaws.com`,
		}},
	{"the account leaves",
		queue(`"Principal":{"AWS":"111111111111","Service":"sns.amazonaws.com"}`),
		queue(`"Principal":{"Service":"sns.amazonaws.com"}`),
		Narrower, nil},
	{"the same canonical user",
		queue(`"Principal":{"CanonicalUser":"79a59df9"}`),
		queue(`"Principal":{"CanonicalUser":["79a59df9"]}`),
		Equal, nil},
	{"another canonical user",
		queue(`"Principal":{"CanonicalUser":"79a59df9"}`),
		queue(`"Principal":{"CanonicalUser":"8b7"}`),
		Incomparable, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to 8b7 except 79a59df9`,
		}},
	{"the id of a deleted role",
		aws(`["AROAEXAMPLE","arn:aws:iam::111111111111:role/a"]`),
		aws(`"arn:aws:iam::111111111111:role/a"`),
		Narrower, nil},
	{"the same exception",
		queue(`"NotPrincipal":{"AWS":["111111111111","arn:aws:iam::111111111111:role/a"]}`),
		queue(`"NotPrincipal":{"AWS":["arn:aws:iam::111111111111:role/a","arn:aws:iam::111111111111:root"]}`),
		Equal, nil},
	{"another exception",
		queue(`"NotPrincipal":{"AWS":"111111111111"}`),
		queue(`"NotPrincipal":{"AWS":"222222222222"}`),
		Wider, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to anyone ` +
				`where NotPrincipal ["AWS arn:aws:iam::111111111111:root"] does not hold and NotPrincipal ["AWS ` +
				`arn:aws:iam::222222222222:root"] holds; can't be compared: NotPrincipal ["AWS arn:aws:iam::111111111111:root"]`,
		}},
	{"all but one for one", aws(`"111111111111"`), queue(`"NotPrincipal":{"AWS":"222222222222"}`), Wider, []string{
		`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to anyone except 111111111111 ` +
			`where NotPrincipal ["AWS arn:aws:iam::222222222222:root"] holds; ` +
			`can't be compared: NotPrincipal ["AWS arn:aws:iam::222222222222:root"]`,
	}},
	{"all but one for everyone",
		queue(`"Principal":"*"`),
		queue(`"NotPrincipal":{"AWS":"222222222222"}`),
		Wider, []string{
			`allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111111111111:q to anyone except * ` +
				`where NotPrincipal ["AWS arn:aws:iam::222222222222:root"] holds; ` +
				`can't be compared: NotPrincipal ["AWS arn:aws:iam::222222222222:root"]`,
		}},
	{"a resource's policy is not an identity's",
		identity(`"Action":"sqs:SendMessage","Resource":"*"`),
		document2012(allow(`"Principal":{"AWS":"111111111111"},"Action":"sqs:SendMessage","Resource":"*"`)),
		Incomparable, []string{
			`allows sqs:SendMessage on * to 111111111111`,
		}},
}
