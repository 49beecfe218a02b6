package compare

// on is an identity policy that allows one action on resources.
func on(resources string) string { return identity(`"Action":"s3:GetObject","Resource":` + resources) }

// notOn allows it on all resources but these.
func notOn(resources string) string {
	return identity(`"Action":"s3:GetObject","NotResource":` + resources)
}

var resourcePairs = []pair{
	{"the same resource", on(`"arn:aws:s3:::b/*"`), on(`["arn:aws:s3:::b/*"]`), Equal, nil},
	{"one more bucket", on(`"arn:aws:s3:::b/*"`), on(`["arn:aws:s3:::b/*","arn:aws:s3:::c/*"]`), Wider, []string{
		`allows s3:GetObject on arn:aws:s3:::c/*`,
	}},
	{"one bucket less", on(`["arn:aws:s3:::b/*","arn:aws:s3:::c/*"]`), on(`"arn:aws:s3:::b/*"`), Narrower, nil},
	{"another bucket", on(`"arn:aws:s3:::b/*"`), on(`"arn:aws:s3:::c/*"`), Incomparable, []string{
		`allows s3:GetObject on arn:aws:s3:::c/*`,
	}},
	{"a prefix of the bucket", on(`"arn:aws:s3:::b/*"`), on(`"arn:aws:s3:::b/logs/*"`), Narrower, nil},
	{"the bucket for a prefix", on(`"arn:aws:s3:::b/logs/*"`), on(`"arn:aws:s3:::b/*"`), Wider, []string{
		`allows s3:GetObject on arn:aws:s3:::b/* except arn:aws:s3:::b/logs/*`,
	}},
	{"a bucket is not its objects", on(`"arn:aws:s3:::b"`), on(`"arn:aws:s3:::b/*"`), Incomparable, []string{
		`allows s3:GetObject on arn:aws:s3:::b/*`,
	}},
	{"a name's beginning takes in other buckets", on(`"arn:aws:s3:::b/*"`), on(`"arn:aws:s3:::b*"`), Wider, []string{
		`allows s3:GetObject on arn:aws:s3:::b* except arn:aws:s3:::b/*`,
	}},
	{"everything", on(`"arn:aws:s3:::b/*"`), on(`"*"`), Wider, []string{
		`allows s3:GetObject on * except arn:aws:s3:::b/*`,
	}},
	{"resources know case", on(`"arn:aws:s3:::b/x"`), on(`"arn:aws:s3:::b/X"`), Incomparable, []string{
		`allows s3:GetObject on arn:aws:s3:::b/X`,
	}},
	{"a region opened",
		on(`"arn:aws:sqs:eu-west-1:111111111111:q"`),
		on(`"arn:aws:sqs:*:111111111111:q"`),
		Wider, []string{
			`allows s3:GetObject on arn:aws:sqs:*:111111111111:q except arn:aws:sqs:eu-west-1:111111111111:q`,
		}},
	{"an account opened",
		on(`"arn:aws:sqs:eu-west-1:111111111111:q"`),
		on(`"arn:aws:sqs:eu-west-1:*:q"`),
		Wider, []string{
			`allows s3:GetObject on arn:aws:sqs:eu-west-1:*:q except arn:aws:sqs:eu-west-1:111111111111:q`,
		}},
	{"a region closed",
		on(`"arn:aws:sqs:*:111111111111:q"`),
		on(`"arn:aws:sqs:eu-west-1:111111111111:q"`),
		Narrower, nil},
	{"one character", on(`"arn:aws:s3:::b-?/*"`), on(`["arn:aws:s3:::b-1/*","arn:aws:s3:::b-2/*"]`), Narrower, nil},
	{"all resources but one", on(`"*"`), notOn(`"arn:aws:s3:::secret/*"`), Narrower, nil},
	{"an exception falls", notOn(`"arn:aws:s3:::secret/*"`), on(`"*"`), Wider, []string{
		`allows s3:GetObject on arn:aws:s3:::secret/*`,
	}},
	{"an exception shrinks", notOn(`"arn:aws:s3:::secret/*"`), notOn(`"arn:aws:s3:::secret/a/*"`), Wider, []string{
		`allows s3:GetObject on arn:aws:s3:::secret/* except arn:aws:s3:::secret/a/*`,
	}},
	{"an exception grows", notOn(`"arn:aws:s3:::secret/a/*"`), notOn(`"arn:aws:s3:::secret/*"`), Narrower, nil},
	{"a resource among the exceptions",
		notOn(`"arn:aws:s3:::secret/*"`),
		on(`"arn:aws:s3:::secret/a"`),
		Incomparable, []string{
			`allows s3:GetObject on arn:aws:s3:::secret/a`,
		}},
	{"a resource beside the exceptions", notOn(`"arn:aws:s3:::secret/*"`), on(`"arn:aws:s3:::b/a"`), Narrower, nil},
	{"the same variable",
		on(`"arn:aws:s3:::b/${aws:username}/*"`),
		on(`"arn:aws:s3:::b/${aws:UserName}/*"`),
		Equal, nil},
	{"a part of a variable's folder",
		on(`"arn:aws:s3:::b/${aws:username}/*"`),
		on(`"arn:aws:s3:::b/${aws:username}/in/*"`),
		Narrower, nil},
	{"everybody's folder for one's own",
		on(`"arn:aws:s3:::b/${aws:username}/*"`),
		on(`"arn:aws:s3:::b/*"`),
		Wider, []string{
			`allows s3:GetObject on arn:aws:s3:::b/*`,
		}},
	{"one's own folder for everybody's",
		on(`"arn:aws:s3:::b/*"`),
		on(`"arn:aws:s3:::b/${aws:username}/*"`),
		Narrower, nil},
	{"one user's folder for one's own",
		on(`"arn:aws:s3:::b/${aws:username}/*"`),
		on(`"arn:aws:s3:::b/alice/*"`),
		Incomparable, []string{
			`allows s3:GetObject on arn:aws:s3:::b/alice/*; can't be compared: ` +
				`policy variables in arn:aws:s3:::b/alice/* except arn:aws:s3:::b/${aws:username}/*`,
		}},
	{"one's own folder for one user's",
		on(`"arn:aws:s3:::b/alice/*"`),
		on(`"arn:aws:s3:::b/${aws:username}/*"`),
		Incomparable, []string{
			`allows s3:GetObject on arn:aws:s3:::b/${aws:username}/* except arn:aws:s3:::b/alice/*`,
		}},
	{"another variable", on(`"arn:aws:s3:::b/${aws:username}"`), on(`"arn:aws:s3:::b/${aws:userid}"`), Wider, []string{
		`allows s3:GetObject on arn:aws:s3:::b/${aws:userid}; can't be compared: ` +
			`policy variables in arn:aws:s3:::b/${aws:userid} except arn:aws:s3:::b/${aws:username}`,
	}},
	{"another default",
		on(`"arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}"`),
		on(`"arn:aws:s3:::b/${aws:PrincipalTag/team, 'all'}"`),
		Wider, []string{
			`allows s3:GetObject on "arn:aws:s3:::b/${aws:PrincipalTag/team, ` +
				`'all'}" except "arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}"; ` +
				`can't be compared: policy variables in "arn:aws:s3:::b/${aws:PrincipalTag/team, ` +
				`'all'}" except "arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}"`,
		}},
	{"a star that is written out", on(`"arn:aws:s3:::b/${*}"`), on(`"arn:aws:s3:::b/*"`), Wider, []string{
		`allows s3:GetObject on arn:aws:s3:::b/* except arn:aws:s3:::b/${*}`,
	}},
	{"a star that is written out is one character",
		on(`"arn:aws:s3:::b/?"`),
		on(`"arn:aws:s3:::b/${*}"`),
		Narrower, nil},
	{"a variable is no character",
		on(`"arn:aws:s3:::b/?"`),
		on(`"arn:aws:s3:::b/${aws:username}"`),
		Incomparable, []string{
			`allows s3:GetObject on arn:aws:s3:::b/${aws:username} except arn:aws:s3:::b/?`,
		}},
}
