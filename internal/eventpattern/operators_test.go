package eventpattern_test

const operatorsPage = "Comparison operators for use in event patterns"

// operators are the cases of the EventBridge User Guide's page on them.
var operators = []documentedCase{
	{
		page: operatorsPage, section: "summary: And",
		pattern: `{"Location": ["New York"], "Day": ["Monday"]}`,
		matches: []string{`{"Location": "New York", "Day": "Monday"}`},
		misses:  []string{`{"Location": "New York", "Day": "Tuesday"}`, `{"Location": "New York"}`},
	},
	{
		page: operatorsPage, section: "Prefix matching",
		pattern: `{"time": [{"prefix": "2017-10-02"}]}`,
		matches: []string{
			`{"time": "2017-10-02T18:43:48Z"}`,
			`{"time": "2017-10-02"}`,
			`{"time": ["2016", "2017-10-02"]}`,
		},
		misses: []string{`{"time": "2017-10-0"}`, `{"time": 2017}`, `{"time": "x2017-10-02"}`, `{}`},
	},
	{
		page: operatorsPage, section: "Prefix matching while ignoring case",
		pattern: `{"detail": {"service": [{"prefix": {"equals-ignore-case": "EventB"}}]}}`,
		matches: []string{`{"detail": {"service": "eventbridge"}}`, `{"detail": {"service": "EVENTB"}}`},
		misses:  []string{`{"detail": {"service": "event"}}`, `{"detail": {"service": "my eventbridge"}}`},
	},
	{
		page: operatorsPage, section: "Suffix matching",
		pattern: `{"FileName": [{"suffix": ".png"}]}`,
		matches: []string{`{"FileName": "a.png"}`, `{"FileName": ".png"}`},
		misses:  []string{`{"FileName": "a.PNG"}`, `{"FileName": "a.png.gz"}`, `{"FileName": null}`},
	},
	{
		page: operatorsPage, section: "Suffix matching while ignoring case",
		pattern: `{"detail": {"FileName": [{"suffix": {"equals-ignore-case": ".png"}}]}}`,
		matches: []string{`{"detail": {"FileName": "a.PnG"}}`, `{"detail": {"FileName": "a.png"}}`},
		misses:  []string{`{"detail": {"FileName": "a.pngx"}}`},
	},
	{
		page: operatorsPage, section: "Anything-but matching: a string",
		pattern: `{"detail": {"state": [{"anything-but": "initializing"}]}}`,
		matches: []string{
			`{"detail": {"state": "running"}}`,
			`{"detail": {"state": "INITIALIZING"}}`,
			`{"detail": {"state": 1}}`,
			`{"detail": {"state": ["initializing", "running"]}}`,
		},
		misses: []string{`{"detail": {"state": "initializing"}}`, `{"detail": {}}`, `{}`, `{"detail": {"state": {}}}`},
	},
	{
		page: operatorsPage, section: "Anything-but matching: a number",
		pattern: `{"detail": {"x-limit": [{"anything-but": 123}]}}`,
		matches: []string{`{"detail": {"x-limit": 122}}`, `{"detail": {"x-limit": "123"}}`},
		misses:  []string{`{"detail": {"x-limit": 123}}`, `{"detail": {"x-limit": 123.0}}`, `{"detail": {}}`},
	},
	{
		page: operatorsPage, section: "Anything-but matching: a list of strings",
		pattern: `{"detail": {"state": [{"anything-but": ["stopped", "overloaded"]}]}}`,
		matches: []string{`{"detail": {"state": "running"}}`},
		misses:  []string{`{"detail": {"state": "stopped"}}`, `{"detail": {"state": "overloaded"}}`},
	},
	{
		page: operatorsPage, section: "Anything-but matching: a list of numbers",
		pattern: `{"detail": {"x-limit": [{"anything-but": [100, 200, 300]}]}}`,
		matches: []string{`{"detail": {"x-limit": 150}}`},
		misses:  []string{`{"detail": {"x-limit": 100}}`, `{"detail": {"x-limit": 300}}`},
	},
	{
		page: operatorsPage, section: "Anything-but matching while ignoring case",
		pattern: `{"detail": {"state": [{"anything-but": {"equals-ignore-case": "initializing"}}]}}`,
		matches: []string{`{"detail": {"state": "running"}}`},
		misses: []string{
			`{"detail": {"state": "Initializing"}}`,
			`{"detail": {"state": "INITIALIZING"}}`,
			`{"detail": {}}`,
		},
	},
	{
		page: operatorsPage, section: "Anything-but matching while ignoring case: a list",
		pattern: `{"detail": {"state": [{"anything-but": {"equals-ignore-case": ["initializing", "stopped"]}}]}}`,
		matches: []string{`{"detail": {"state": "running"}}`},
		misses:  []string{`{"detail": {"state": "Initializing"}}`, `{"detail": {"state": "STOPPED"}}`},
	},
	{
		page: operatorsPage, section: "Anything-but matching on prefixes",
		pattern: `{"detail": {"state": [{"anything-but": {"prefix": "init"}}]}}`,
		matches: []string{`{"detail": {"state": "running"}}`, `{"detail": {"state": "Init"}}`},
		misses:  []string{`{"detail": {"state": "initializing"}}`, `{"detail": {}}`},
	},
	{
		page: operatorsPage, section: "Anything-but matching on prefixes: a list",
		pattern: `{"detail": {"state": [{"anything-but": {"prefix": ["init", "stop"]}}]}}`,
		matches: []string{`{"detail": {"state": "running"}}`},
		misses:  []string{`{"detail": {"state": "initializing"}}`, `{"detail": {"state": "stopped"}}`},
	},
	{
		page: operatorsPage, section: "Anything-but matching on suffixes",
		pattern: `{"detail": {"FileName": [{"anything-but": {"suffix": ".txt"}}]}}`,
		matches: []string{`{"detail": {"FileName": "a.rtf"}}`},
		misses:  []string{`{"detail": {"FileName": "a.txt"}}`},
	},
	{
		page: operatorsPage, section: "Anything-but matching on suffixes: a list",
		pattern: `{"detail": {"FileName": [{"anything-but": {"suffix": [".txt", ".rtf"]}}]}}`,
		matches: []string{`{"detail": {"FileName": "a.png"}}`},
		misses:  []string{`{"detail": {"FileName": "a.txt"}}`, `{"detail": {"FileName": "a.rtf"}}`},
	},
	{
		page: operatorsPage, section: "Anything-but matching using wildcards",
		pattern: `{"detail": {"FilePath": [{"anything-but": {"wildcard": "*/lib/*"}}]}}`,
		matches: []string{`{"detail": {"FilePath": "/usr/bin/x"}}`, `{"detail": {"FilePath": "/library/x"}}`},
		misses:  []string{`{"detail": {"FilePath": "/usr/lib/x"}}`, `{"detail": {"FilePath": "/lib/"}}`},
	},
	{
		page: operatorsPage, section: "Anything-but matching using wildcards: a list",
		pattern: `{"detail": {"FilePath": [{"anything-but": {"wildcard": ["*/lib/*", "*/bin/*"]}}]}}`,
		matches: []string{`{"detail": {"FilePath": "/usr/share/x"}}`},
		misses:  []string{`{"detail": {"FilePath": "/usr/lib/x"}}`, `{"detail": {"FilePath": "/usr/bin/x"}}`},
	},
	{
		page: operatorsPage, section: "Numeric matching",
		pattern: `{"detail": {
			"c-count": [{"numeric": [">", 0, "<=", 5]}], "d-count": [{"numeric": ["<", 10]}],
			"x-limit": [{"numeric": ["=", 3.018e2]}]}}`,
		matches: []string{
			`{"detail": {"c-count": 5, "d-count": 3, "x-limit": 301.8}}`,
			`{"detail": {"c-count": 0.1, "d-count": -3, "x-limit": 3.018e2}}`,
		},
		misses: []string{
			`{"detail": {"c-count": 0, "d-count": 3, "x-limit": 301.8}}`,
			`{"detail": {"c-count": 5.1, "d-count": 3, "x-limit": 301.8}}`,
			`{"detail": {"c-count": 5, "d-count": 10, "x-limit": 301.8}}`,
			`{"detail": {"c-count": 5, "d-count": 3, "x-limit": 301.81}}`,
			`{"detail": {"c-count": "5", "d-count": 3, "x-limit": 301.8}}`,
			`{"detail": {"c-count": 5, "d-count": 3}}`,
		},
	},
	{
		page: operatorsPage, section: "Numeric matching: values beyond 2^53 are no numbers",
		pattern: `{"detail": {"n": [{"numeric": [">=", 1]}]}}`,
		matches: []string{`{"detail": {"n": 1}}`, `{"detail": {"n": 9007199254740992}}`},
		misses:  []string{`{"detail": {"n": 9007199254740993}}`, `{"detail": {"n": 1e400}}`},
	},
	{
		page: operatorsPage, section: "IP address matching",
		pattern: `{"detail": {"sourceIPAddress": [{"cidr": "10.0.0.0/24"}]}}`,
		matches: []string{`{"detail": {"sourceIPAddress": "10.0.0.0"}}`, `{"detail": {"sourceIPAddress": "10.0.0.255"}}`},
		misses: []string{
			`{"detail": {"sourceIPAddress": "10.0.1.0"}}`,
			`{"detail": {"sourceIPAddress": "s3.amazonaws.com"}}`,
			`{"detail": {}}`,
		},
	},
	{
		page: operatorsPage, section: "IP address matching: IPv6",
		pattern: `{"detail": {"sourceIPAddress": [{"cidr": "2001:db8::/56"}]}}`,
		matches: []string{`{"detail": {"sourceIPAddress": "2001:db8:0:ff::1"}}`},
		misses: []string{
			`{"detail": {"sourceIPAddress": "2001:db8:0:100::1"}}`,
			`{"detail": {"sourceIPAddress": "10.0.0.1"}}`,
		},
	},
	{
		page: operatorsPage, section: "Exists matching",
		pattern: `{"detail": {"state": [{"exists": true}]}}`,
		matches: []string{
			`{"detail": {"instance-id": "i-abcd1111", "state": "pending"}}`,
			`{"detail": {"state": null}}`,
		},
		misses: []string{
			`{"detail-type": ["EC2 Instance State-change Notification"], "detail": {"c-count": {"c1": 100}}}`,
			`{}`,
		},
	},
	{
		page: operatorsPage, section: "summary: Does not exist",
		pattern: `{"ProductName": [{"exists": false}]}`,
		matches: []string{`{}`, `{"Product": "x"}`},
		misses:  []string{`{"ProductName": "x"}`, `{"ProductName": ""}`, `{"ProductName": null}`},
	},
	{
		page: operatorsPage, section: "Exists matching: leaf nodes only",
		pattern: `{"detail": {"c-count": [{"exists": false}]}}`,
		matches: []string{`{"detail": {"c-count": {"c1": 100}}}`, `{"detail": {}}`, `{"detail": []}`, `{}`},
		misses:  []string{`{"detail": {"c-count": 1}}`},
	},
	{
		page: operatorsPage, section: "Equals-ignore-case matching",
		pattern: `{"detail-type": [{"equals-ignore-case": "ec2 instance state-change notification"}]}`,
		matches: []string{
			`{"detail-type": ["EC2 Instance State-change Notification"]}`,
			`{"detail-type": "EC2 INSTANCE STATE-CHANGE NOTIFICATION"}`,
		},
		misses: []string{`{"detail-type": "EC2 Instance State-change"}`, `{}`},
	},
	{
		page: operatorsPage, section: "summary: Wildcard",
		pattern: `{"FileName": [{"wildcard": "dir/*.png"}]}`,
		matches: []string{`{"FileName": "dir/a.png"}`, `{"FileName": "dir/.png"}`, `{"FileName": "dir/sub/a.png"}`},
		misses:  []string{`{"FileName": "dir/a.png.gz"}`, `{"FileName": "a/dir/a.png"}`, `{"FileName": "dir.png"}`},
	},
	{
		page: operatorsPage, section: "Matching using wildcards",
		pattern: `{"EventBusArn": [{"wildcard": "*:*:*:*:*:event-bus/*"}]}`,
		matches: []string{`{"EventBusArn": "arn:aws:events:us-east-1:111122223333:event-bus/default"}`},
		misses:  []string{`{"EventBusArn": "arn:aws:events:us-east-1:111122223333:rule/default"}`},
	},
	{
		page: operatorsPage, section: "Matching using wildcards: escapes",
		pattern: `{"FileName": [{"wildcard": "a\\*b\\\\*"}]}`,
		matches: []string{`{"FileName": "a*b\\"}`, `{"FileName": "a*b\\c"}`},
		misses:  []string{`{"FileName": "axb\\c"}`, `{"FileName": "a*bc"}`},
	},
	{
		page: operatorsPage, section: "Complex example with multiple matching",
		pattern: `{
			"time": [{"prefix": "2017-10-02"}],
			"detail": {
				"state": [{"anything-but": "initializing"}], "c-count": [{"numeric": [">", 0, "<=", 5]}],
				"d-count": [{"numeric": ["<", 10]}], "x-limit": [{"anything-but": [100, 200, 300]}]}}`,
		matches: []string{
			`{"time": "2017-10-02T16:24:49Z", "detail": {"state": "running", "c-count": 5, "d-count": 3, "x-limit": 301.8}}`,
		},
		misses: []string{
			`{"time": "2017-10-02T16:24:49Z", "detail": {"state": "initializing", "c-count": 5, "d-count": 3, "x-limit": 9}}`,
			`{"time": "2017-10-02T16:24:49Z", "detail": {"state": "running", "c-count": 5, "d-count": 3, "x-limit": 200}}`,
			`{"time": "2017-10-03T16:24:49Z", "detail": {"state": "running", "c-count": 5, "d-count": 3, "x-limit": 301.8}}`,
		},
	},
	{
		page: operatorsPage, section: "Complex example with $or matching",
		pattern: `{"detail": {"$or": [
			{"c-count": [{"numeric": [">", 0, "<=", 5]}]}, {"d-count": [{"numeric": ["<", 10]}]},
			{"x-limit": [{"numeric": ["=", 3.018e2]}]}]}}`,
		matches: []string{
			`{"detail": {"c-count": 1, "d-count": 20}}`,
			`{"detail": {"c-count": 9, "d-count": 9}}`,
			`{"detail": {"x-limit": 301.8}}`,
		},
		misses: []string{`{"detail": {"c-count": 6, "d-count": 10, "x-limit": 300}}`, `{"detail": {}}`, `{}`},
	},
	{
		page: operatorsPage, section: "summary: Or (multiple fields)",
		pattern: `{"source": ["aws.x"], "$or": [{"Location": ["New York"]}, {"Day": ["Monday"], "Hour": [9]}]}`,
		matches: []string{
			`{"source": "aws.x", "Location": "New York"}`,
			`{"source": "aws.x", "Day": "Monday", "Hour": 9}`,
		},
		misses: []string{`{"source": "aws.x", "Day": "Monday"}`, `{"Location": "New York"}`, `{"source": "aws.x"}`},
	},
}
