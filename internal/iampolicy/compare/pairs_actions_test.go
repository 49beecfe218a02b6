package compare

// doing is an identity policy that allows actions on everything.
func doing(actions string) string { return identity(`"Action":` + actions + `,"Resource":"*"`) }

// notDoing allows all actions but these.
func notDoing(actions string) string { return identity(`"NotAction":` + actions + `,"Resource":"*"`) }

var actionPairs = []pair{
	{"the same action", doing(`"s3:GetObject"`), doing(`"s3:GetObject"`), Equal, nil},
	{"another action", doing(`"s3:GetObject"`), doing(`"s3:PutObject"`), Incomparable, []string{
		`allows s3:PutObject on *`,
	}},
	{"one more action", doing(`"s3:GetObject"`), doing(`["s3:GetObject","s3:PutObject"]`), Wider, []string{
		`allows s3:PutObject on *`,
	}},
	{"one action less", doing(`["s3:GetObject","s3:PutObject"]`), doing(`"s3:GetObject"`), Narrower, nil},
	{"actions know no case", doing(`"s3:GetObject"`), doing(`"S3:getobject"`), Equal, nil},
	{"a wildcard knows no case either", doing(`"s3:get*"`), doing(`"s3:GetObjectAcl"`), Narrower, nil},
	{"a wildcard for one action", doing(`"s3:GetObject"`), doing(`"s3:Get*"`), Wider, []string{
		`allows s3:Get* except s3:GetObject on *`,
	}},
	{"one action for a wildcard", doing(`"s3:Get*"`), doing(`"s3:GetObject"`), Narrower, nil},
	{"all of a service for a wildcard", doing(`"s3:Get*"`), doing(`"s3:*"`), Wider, []string{
		`allows s3:* except s3:Get* on *`,
	}},
	{"everything for a service", doing(`"s3:*"`), doing(`"*"`), Wider, []string{
		`allows * except s3:* on *`,
	}},
	{"a service for everything", doing(`"*"`), doing(`"s3:*"`), Narrower, nil},
	{"another service", doing(`"s3:*"`), doing(`"sqs:*"`), Incomparable, []string{
		`allows sqs:* on *`,
	}},
	{"two wildcards together hold both",
		doing(`["s3:Get*","s3:Put*"]`),
		doing(`["s3:GetObject","s3:PutObject"]`),
		Narrower, nil},
	{"two wildcards together hold no third",
		doing(`["s3:Get*","s3:Put*"]`),
		doing(`["s3:GetObject","s3:DeleteObject"]`),
		Incomparable, []string{
			`allows s3:DeleteObject on *`,
		}},
	{"a pattern covered by several and by no single one", doing(`["s3:?","s3:??*"]`), doing(`"s3:?*"`), Equal, nil},
	{"a pattern that several nearly cover", doing(`["s3:?","s3:???*"]`), doing(`"s3:?*"`), Wider, []string{
		`allows s3:?* except s3:?, s3:???* on *`,
	}},
	{"? is one character", doing(`"s3:GetObjec?"`), doing(`"s3:GetObject"`), Narrower, nil},
	{"? is not none", doing(`"s3:GetObject?"`), doing(`"s3:GetObject"`), Incomparable, []string{
		`allows s3:GetObject on *`,
	}},
	{"* may be none", doing(`"s3:GetObject*"`), doing(`"s3:GetObject"`), Narrower, nil},
	{"** is *", doing(`"s3:Get*"`), doing(`"s3:Get**"`), Equal, nil},
	{"*? is ?*", doing(`"s3:Get*?"`), doing(`"s3:Get?*"`), Equal, nil},
	{"a wildcard inside", doing(`"s3:*Object"`), doing(`"s3:GetObject"`), Narrower, nil},
	{"wildcards that overlap", doing(`"s3:Get*"`), doing(`"s3:*Object"`), Incomparable, []string{
		`allows s3:*Object except s3:Get* on *`,
	}},
	{"wildcards twice inside", doing(`"s3:*Object*"`), doing(`"s3:*ObjectVersion*"`), Narrower, nil},
	{"a list in another order",
		doing(`["s3:PutObject","s3:GetObject"]`),
		doing(`["s3:GetObject","s3:PutObject"]`),
		Equal, nil},
	{"an action twice", doing(`"s3:GetObject"`), doing(`["s3:GetObject","s3:GetObject"]`), Equal, nil},
	{"an action that a wildcard holds already", doing(`"s3:Get*"`), doing(`["s3:Get*","s3:GetObject"]`), Equal, nil},
	{"all but one for everything", doing(`"*"`), notDoing(`"iam:*"`), Narrower, nil},
	{"everything for all but one", notDoing(`"iam:*"`), doing(`"*"`), Wider, []string{
		`allows iam:* on *`,
	}},
	{"one exception more", notDoing(`"iam:*"`), notDoing(`["iam:*","sts:*"]`), Narrower, nil},
	{"one exception less", notDoing(`["iam:*","sts:*"]`), notDoing(`"iam:*"`), Wider, []string{
		`allows sts:* on *`,
	}},
	{"a smaller exception", notDoing(`"iam:*"`), notDoing(`"iam:Create*"`), Wider, []string{
		`allows iam:* except iam:Create* on *`,
	}},
	{"another exception", notDoing(`"iam:*"`), notDoing(`"sts:*"`), Incomparable, []string{
		`allows iam:* on *`,
	}},
	{"an action beside the exception", notDoing(`"iam:*"`), doing(`"s3:*"`), Narrower, nil},
	{"an action among the exceptions", notDoing(`"iam:*"`), doing(`["s3:*","iam:PassRole"]`), Incomparable, []string{
		`allows iam:PassRole on *`,
	}},
	{"all but a service for that service", doing(`"s3:*"`), notDoing(`"s3:*"`), Incomparable, []string{
		`allows * except s3:* on *`,
	}},
	{"an exception of everything is nothing", notDoing(`"*"`), ``, Equal, nil},
}
