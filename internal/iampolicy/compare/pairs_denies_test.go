package compare

// all allows all of S3 beside other statements.
func all(others ...string) string {
	return document2012(append([]string{`{"Sid":"All","Effect":"Allow","Action":"s3:*","Resource":"*"}`}, others...)...)
}

// no denies; elements stand without Effect.
func no(elements string) string { return `{"Sid":"No","Effect":"Deny",` + elements + `}` }

var denyPairs = []pair{
	{"a Deny is added", all(), all(no(`"Action":"s3:DeleteBucket","Resource":"*"`)), Narrower, nil},
	{"a Deny is removed", all(no(`"Action":"s3:DeleteBucket","Resource":"*"`)), all(), Wider, []string{
		`No: no longer denies s3:DeleteBucket on *`,
	}},
	{"a Deny of fewer actions",
		all(no(`"Action":"s3:Delete*","Resource":"*"`)),
		all(no(`"Action":"s3:DeleteBucket","Resource":"*"`)),
		Wider, []string{
			`No: no longer denies s3:Delete* except s3:DeleteBucket on *`,
		}},
	{"a Deny of more actions",
		all(no(`"Action":"s3:DeleteBucket","Resource":"*"`)),
		all(no(`"Action":"s3:Delete*","Resource":"*"`)),
		Narrower, nil},
	{"a Deny of fewer resources",
		all(no(`"Action":"s3:*","Resource":["arn:aws:s3:::a","arn:aws:s3:::b"]`)),
		all(no(`"Action":"s3:*","Resource":"arn:aws:s3:::a"`)),
		Wider, []string{
			`No: no longer denies s3:* on arn:aws:s3:::b`,
		}},
	{"another Deny",
		all(no(`"Action":"s3:PutObject","Resource":"*"`)),
		all(no(`"Action":"s3:GetObject","Resource":"*"`)),
		Incomparable, []string{
			`No: no longer denies s3:PutObject on *`,
		}},
	{"a Deny split in two",
		all(no(`"Action":["s3:GetObject","s3:PutObject"],"Resource":"*"`)),
		all(no(`"Action":"s3:GetObject","Resource":"*"`), deny(`"Action":"s3:PutObject","Resource":"*"`)),
		Equal, nil},
	{"a Deny of what other policies may allow", all(), all(no(`"Action":"ec2:*","Resource":"*"`)), Narrower, nil},
	{"a Deny of what other policies may allow is removed",
		all(no(`"Action":"ec2:*","Resource":"*"`)),
		all(),
		Wider, []string{
			`No: no longer denies ec2:* on *`,
		}},
	{"a Deny of everything leaves nothing of the Allow",
		all(no(`"Action":"*","Resource":"*"`)),
		document2012(no(`"Action":"*","Resource":"*"`)),
		Equal, nil},
	{"a Deny of everything is removed", all(no(`"Action":"*","Resource":"*"`)), all(), Wider, []string{
		`No: no longer denies * on *`,
	}},
	{"a Deny gets a condition",
		all(no(`"Action":"s3:DeleteObject","Resource":"*"`)),
		all(no(`"Action":"s3:DeleteObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"a"}}`)),
		Wider, []string{
			`No: no longer denies s3:DeleteObject on * where aws:PrincipalTag/team is * except a, or missing`,
		}},
	{"a Deny loses its condition",
		all(no(`"Action":"s3:DeleteObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"a"}}`)),
		all(no(`"Action":"s3:DeleteObject","Resource":"*"`)),
		Narrower, nil},
	{"an Allow that is denied is added",
		all(no(`"Action":"ec2:*","Resource":"*"`)),
		all(no(`"Action":"ec2:*","Resource":"*"`), allow(`"Action":"ec2:RunInstances","Resource":"*"`)),
		Equal, nil},
	{"an Allow that is partly denied is added",
		all(no(`"Action":"ec2:Run*","Resource":"*"`)),
		all(
			no(`"Action":"ec2:Run*","Resource":"*"`),
			`{"Sid":"EC2","Effect":"Allow","Action":"ec2:*","Resource":"*"}`,
		),
		Wider, []string{
			`EC2: allows ec2:* except ec2:Run* on *`,
		}},
	{"an Allow for a Deny by exception",
		all(no(`"NotAction":"s3:Get*","Resource":"*"`)),
		document2012(allow(`"Action":"s3:Get*","Resource":"*"`)),
		Wider, []string{
			`No: no longer denies * except s3:Get* on *`,
		}},
	{"a Deny by a wider exception",
		all(no(`"NotAction":"s3:Get*","Resource":"*"`)),
		all(no(`"NotAction":["s3:Get*","s3:List*"],"Resource":"*"`)),
		Wider, []string{
			`No: no longer denies s3:List* on *`,
		}},
	{"an Allow for a Deny by resource exception",
		all(no(`"Action":"s3:*","NotResource":"arn:aws:s3:::b/*"`)),
		document2012(allow(`"Action":"s3:*","Resource":"arn:aws:s3:::b/*"`)),
		Wider, []string{
			`No: no longer denies s3:* on * except arn:aws:s3:::b/*`,
		}},
	{"an Allow with what a Deny left out",
		all(no(`"Action":"s3:DeleteObject","Resource":"*"`)),
		document2012(`{"Sid":"Rest","Effect":"Allow","NotAction":"s3:DeleteObject","Resource":"*"}`),
		Wider, []string{
			`Rest: allows * except s3:DeleteObject, s3:* on *`,
			`No: no longer denies s3:DeleteObject on *`,
		}},
	{"NotAction does not bind other policies as a Deny does",
		document2012(allow(`"Action":"*","Resource":"*"`), no(`"Action":"iam:*","Resource":"*"`)),
		notDoing(`"iam:*"`),
		Wider, []string{
			`No: no longer denies iam:* on *`,
		}},
	{"only a Deny", ``, document2012(no(`"Action":"s3:*","Resource":"*"`)), Narrower, nil},
	{"TLS is no longer asked for",
		all(no(`"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}`)),
		all(),
		Wider, []string{
			`No: no longer denies s3:* on * where aws:SecureTransport is false`,
		}},
	{"TLS is asked for",
		all(),
		all(no(`"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}`)),
		Narrower, nil},
	{"TLS is asked for even where nothing says so",
		all(no(`"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}`)),
		all(no(`"Action":"s3:*","Resource":"*","Condition":{"BoolIfExists":{"aws:SecureTransport":"false"}}`)),
		Narrower, nil},
	{"a guard of negated operators lets one more through",
		all(no(`"Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"111111111111"}}`)),
		all(no(
			`"Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":["111111111111",` +
				`"222222222222"]}}`)),
		Wider, []string{
			`No: no longer denies s3:* on * where aws:PrincipalAccount is 222222222222`,
		}},
	{"two guards for one of two keys",
		all(no(
			`"Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"111111111111",` +
				`"aws:SourceVpce":"vpce-1"}}`)),
		all(
			no(`"Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"111111111111"}}`),
			no(`"Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}`),
		),
		Narrower, nil},
	{"one guard of two keys for two",
		all(
			no(`"Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"111111111111"}}`),
			no(`"Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}`),
		),
		all(no(
			`"Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"111111111111",` +
				`"aws:SourceVpce":"vpce-1"}}`)),
		Wider, []string{
			`No: no longer denies s3:* on * where aws:PrincipalAccount is * except 111111111111, ` +
				`or missing and aws:SourceVpce is vpce-1`,
			`No: no longer denies s3:* on * where aws:PrincipalAccount is 111111111111 and aws:SourceVpce is * except vpce-1, ` +
				`or missing`,
		}},
	{"a Deny for a role that an account's Allow holds",
		document2012(
			allow(`"Principal":{"AWS":"111111111111"},"Action":"sqs:*","Resource":"*"`),
			no(`"Principal":{"AWS":"arn:aws:iam::111111111111:role/a"},"Action":"sqs:*","Resource":"*"`),
		),
		document2012(allow(`"Principal":{"AWS":"111111111111"},"Action":"sqs:*","Resource":"*"`)),
		Wider, []string{
			`No: no longer denies sqs:* on * to arn:aws:iam::111111111111:role/a`,
		}},
	{"a Deny for an account takes its role's Allow away",
		document2012(
			allow(`"Principal":{"AWS":"arn:aws:iam::111111111111:role/a"},"Action":"sqs:*","Resource":"*"`),
			no(`"Principal":{"AWS":"111111111111"},"Action":"sqs:*","Resource":"*"`),
		),
		document2012(no(`"Principal":{"AWS":"111111111111"},"Action":"sqs:*","Resource":"*"`)),
		Equal, nil},
	{"a Deny for a role whose session has an Allow",
		document2012(
			allow(`"Principal":{"AWS":"arn:aws:sts::111111111111:assumed-role/a/s"},"Action":"sqs:*","Resource":"*"`),
			no(`"Principal":{"AWS":"arn:aws:iam::111111111111:role/path/a"},"Action":"sqs:*","Resource":"*"`),
		),
		document2012(allow(
			`"Principal":{"AWS":"arn:aws:sts::111111111111:assumed-role/a/s"},"Action":"sqs:*","Resource":"*"`)),
		Wider, []string{
			`No: no longer denies sqs:* on * to arn:aws:iam::111111111111:role/path/a`,
		}},
	{"a Deny for a deleted role's id is removed",
		document2012(
			allow(`"Principal":{"AWS":"111111111111"},"Action":"sqs:*","Resource":"*"`),
			no(`"Principal":{"AWS":"AROAEXAMPLE"},"Action":"sqs:*","Resource":"*"`),
		),
		document2012(allow(`"Principal":{"AWS":"111111111111"},"Action":"sqs:*","Resource":"*"`)),
		Wider, []string{
			`No: no longer denies sqs:* on * to AROAEXAMPLE`,
		}},
	{"a Deny for everyone but one",
		document2012(
			allow(`"Principal":"*","Action":"sqs:*","Resource":"*"`),
			no(`"NotPrincipal":{"AWS":"111111111111"},"Action":"sqs:*","Resource":"*"`),
		),
		document2012(
			allow(`"Principal":"*","Action":"sqs:*","Resource":"*"`),
			no(`"NotPrincipal":{"AWS":["111111111111","222222222222"]},"Action":"sqs:*","Resource":"*"`),
		),
		Wider, []string{
			`No: no longer denies sqs:* on * to anyone where NotPrincipal ["AWS arn:aws:iam::111111111111:root" "AWS ` +
				`arn:aws:iam::222222222222:root"] does not hold and NotPrincipal ["AWS arn:aws:iam::111111111111:root"] holds; ` +
				`can't be compared: NotPrincipal ["AWS arn:aws:iam::111111111111:root" "AWS arn:aws:iam::222222222222:root"]`,
		}},
}
