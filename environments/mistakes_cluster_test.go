package environments

// principalsMistakes are principals that EKS refuses, or that are not of the account.
var principalsMistakes = []mistake{
	{"nobody who deploys", edit{"  admins: [\"arn:aws:iam::333333333333:role/platform-admin\"]\n", ""},
		"prod.yaml:10:1: cluster.admins is empty, and its account has no role: " +
			"nobody could get into the cluster, or renew its secrets; name those who deploy, " +
			"for instance [arn:aws:iam::333333333333:role/platform-admin]"},
	{"admin that is no principal", edit{`"arn:aws:iam::333333333333:role/platform-admin"`, "platform-admin"},
		`prod.yaml:15:12: cluster.admins[0] is "platform-admin", not the ARN of an IAM role or user, ` +
			`for instance arn:aws:iam::333333333333:role/platform-admin`},
	{"admin of another account",
		edit{"arn:aws:iam::333333333333:role/platform-admin", "arn:aws:iam::444444444444:role/platform-admin"},
		"prod.yaml:15:12: cluster.admins[0] is \"arn:aws:iam::444444444444:role/platform-admin\", of account 444444444444, " +
			"and the cluster is in 333333333333: whoever controls that account controls the cluster; " +
			"name a role of this account that they may assume, or add `acknowledge: [foreign-admins]`"},
	{"admin of another partition",
		edit{"arn:aws:iam::333333333333:role/platform-admin", "arn:aws-cn:iam::333333333333:role/platform-admin"},
		`prod.yaml:15:12: cluster.admins[0] is "arn:aws-cn:iam::333333333333:role/platform-admin", ` +
			`of the partition aws-cn, and everything here is in the partition aws; name one of the account`},
	{"session",
		edit{"arn:aws:iam::333333333333:role/platform-admin", "arn:aws:sts::333333333333:assumed-role/platform-admin/me"},
		`prod.yaml:15:12: cluster.admins[0] is "arn:aws:sts::333333333333:assumed-role/platform-admin/me", ` +
			`not the ARN of an IAM role or user, for instance arn:aws:iam::333333333333:role/platform-admin`},
	{"root", edit{"arn:aws:iam::333333333333:role/platform-admin", "arn:aws:iam::333333333333:root"},
		`prod.yaml:15:12: cluster.admins[0] is "arn:aws:iam::333333333333:root", not the ARN of an IAM role or user, ` +
			`for instance arn:aws:iam::333333333333:role/platform-admin`},
	{"wildcard", edit{"arn:aws:iam::333333333333:role/platform-admin", "arn:aws:iam::333333333333:role/*"},
		`prod.yaml:15:12: cluster.admins[0] is "arn:aws:iam::333333333333:role/*", not the ARN of an IAM role or user, ` +
			`for instance arn:aws:iam::333333333333:role/platform-admin`},
	{"service-linked role",
		edit{"arn:aws:iam::333333333333:role/platform-admin",
			"arn:aws:iam::333333333333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS"},
		`prod.yaml:15:12: cluster.admins[0] is ` +
			`"arn:aws:iam::333333333333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS", ` +
			`a service-linked role, which only a service of AWS assumes; name a role that people or pipelines assume`},
	{"group", edit{"arn:aws:iam::333333333333:role/platform-admin", "arn:aws:iam::333333333333:group/admins"},
		`prod.yaml:15:12: cluster.admins[0] is "arn:aws:iam::333333333333:group/admins", ` +
			`not the ARN of an IAM role or user, for instance arn:aws:iam::333333333333:role/platform-admin`},
	{"name too long",
		edit{"arn:aws:iam::333333333333:role/platform-admin",
			"arn:aws:iam::333333333333:role/rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr"},
		`prod.yaml:15:12: cluster.admins[0] is ` +
			`"arn:aws:iam::333333333333:role/rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr", ` +
			`not the ARN of an IAM role or user, for instance arn:aws:iam::333333333333:role/platform-admin`},
	{"short account", edit{"arn:aws:iam::333333333333:role/platform-admin", "arn:aws:iam::33333:role/platform-admin"},
		`prod.yaml:15:12: cluster.admins[0] is "arn:aws:iam::33333:role/platform-admin", ` +
			`not the ARN of an IAM role or user, for instance arn:aws:iam::333333333333:role/platform-admin`},
	{"reader of another partition", inCluster(`readers: ["arn:aws-us-gov:iam::333333333333:role/r"]`),
		`prod.yaml:12:13: cluster.readers[0] is "arn:aws-us-gov:iam::333333333333:role/r", of the partition aws-us-gov, ` +
			`and everything here is in the partition aws; name one of the account`},
	{"reader that is an admin", inCluster(`readers: ["arn:aws:iam::333333333333:role/platform-admin"]`),
		`prod.yaml:12:13: cluster.readers[0] is "arn:aws:iam::333333333333:role/platform-admin", one of the admins; ` +
			`a principal has one access entry in a cluster: remove it from one of the lists`},
}

// nodesMistakes are versions and node groups that EKS or Kubernetes refuses.
var nodesMistakes = []mistake{
	{"instance type of another architecture", edit{"[m7i.xlarge]", "[m7i.xlarge, m7g.xlarge]"},
		`prod.yaml:14:36: cluster.node_groups[0].instance_types[1] is "m7g.xlarge", of arm64, ` +
			`and the group's architecture is amd64; choose types of one architecture or set architecture: arm64`},
	{"instance types of two sizes", edit{"[m7i.xlarge]", "[m7i.xlarge, m7i.large]"},
		`prod.yaml:14:36: cluster.node_groups[0].instance_types[1] is "m7i.large", ` +
			`and the group's first type is of size xlarge; the autoscaler counts on nodes of one size: choose .xlarge types`},
	{"spot with one type", edit{"    - name: system", "    - name: system\n      capacity: spot"},
		"prod.yaml:15:7: cluster.node_groups[0].instance_types has 1 types; " +
			"a Spot group needs at least 3, so that one pool running dry does not empty it"},
	{"node group with another's name in a zone",
		edit{"    - name: system\n",
			"    - name: system-a\n      per_zone: false\n      instance_types: [m7i.large]\n    - name: system\n"},
		`prod.yaml:13:7: cluster.node_groups[0].name is "system-a", which is what the group "system" is called in a zone; ` +
			`choose another`},
	{"node group twice",
		edit{"    - name: system\n", "    - name: system\n      instance_types: [m7i.large]\n    - name: system\n"},
		`prod.yaml:15:7: cluster.node_groups[1].name is "system", the name of a group before it; ` +
			`names are unique in a cluster`},
	{"more nodes at least than at most", edit{"    - name: system\n", "    - name: system\n      min: 5\n"},
		"prod.yaml:14:7: cluster.node_groups[0].min is 5, above max 3; raise max or lower min"},
	{"group's name ends in a hyphen", edit{"name: system", "name: system-"},
		`prod.yaml:13:7: cluster.node_groups[0].name is "system-", and it becomes the value of a label, ` +
			`which ends in a letter or digit (Kubernetes, 'Labels and Selectors'); drop the hyphen`},
	{"group's name in capitals", edit{"name: system", "name: System"},
		`prod.yaml:13:7: cluster.node_groups[0].name is "System", which does not match ^[a-z][a-z0-9-]{0,19}$: Name is ` +
			`unique in the cluster`},
	{"no instance type", edit{"[m7i.xlarge]", "[large]"},
		`prod.yaml:14:24: cluster.node_groups[0].instance_types[0] is "large", not an EC2 instance type, ` +
			`for instance m7i.large`},
	{"Graviton without its architecture", edit{"[m7i.xlarge]", "[c7gn.xlarge]"},
		`prod.yaml:14:24: cluster.node_groups[0].instance_types[0] is "c7gn.xlarge", of arm64, ` +
			`and the group's architecture is amd64; choose types of one architecture or set architecture: arm64`},
	{"version that EKS does not have", edit{`"1.35"`, `"1.99"`},
		`prod.yaml:11:3: cluster.version is "1.99", which EKS does not offer; allowed: 1.33, 1.34, 1.35, 1.36`},
	{"version with a patch", edit{`"1.35"`, `"1.35.2"`},
		`prod.yaml:11:3: cluster.version is "1.35.2", which does not match ^1\.[0-9]{2}$: Version is the Kubernetes minor ` +
			`version, in quotes. Past standard support it is a warning, not an error`},
}

// applicationMistakes are settings of the application's release that Kubernetes refuses, or that take another's place.
var applicationMistakes = []mistake{
	{"more pods at least than at most",
		edit{"region: eu-west-1\n", "region: eu-west-1\napplication: {min_replicas: 20}\n"},
		"prod.yaml:6:15: application.min_replicas is 20, above max_replicas 12; raise one or lower the other"},
	{"namespace of Kubernetes", add("application: {namespace: kube-system}"),
		`prod.yaml:8:15: application.namespace is "kube-system", and Kubernetes keeps what begins with kube- for itself; ` +
			`choose another, for instance birthday`},
	{"namespace of Kubernetes to come", add("application: {namespace: kube-apps}"),
		`prod.yaml:8:15: application.namespace is "kube-apps", and Kubernetes keeps what begins with kube- for itself; ` +
			`choose another, for instance birthday`},
	{"default namespace", add("application: {namespace: default}"),
		`prod.yaml:8:15: application.namespace is "default", which every cluster has, ` +
			`and where what belongs to nobody ends up; choose another, for instance birthday`},
	{"CloudWatch's namespace", add("application: {namespace: amazon-cloudwatch}"),
		`prod.yaml:8:15: application.namespace is "amazon-cloudwatch", which the platform's own releases have; ` +
			`choose another, for instance birthday`},
	{"add-on's namespace", add("application: {namespace: aws-guardduty-agent}"),
		`prod.yaml:8:15: application.namespace is "aws-guardduty-agent", and add-ons of EKS use what begins with aws-; ` +
			`choose another, for instance birthday`},
	{"monitoring's namespace", add("application: {namespace: monitoring}"),
		`prod.yaml:8:15: application.namespace is "monitoring", which the platform's own releases have; ` +
			`choose another, for instance birthday`},
	{"ingress controller's namespace", add("application: {namespace: traefik}"),
		`prod.yaml:8:15: application.namespace is "traefik", which the platform's own releases have; ` +
			`choose another, for instance birthday`},
	{"namespace that ends in a hyphen", add("application: {namespace: birthday-}"),
		`prod.yaml:8:15: application.namespace is "birthday-", and a namespace ends in a letter or digit (RFC 1123, ` +
			`DNS label); choose another, for instance birthday`},
	{"namespace with an underscore", add("application: {namespace: birth_day}"),
		`prod.yaml:8:15: application.namespace is "birth_day", which does not match ^[a-z][a-z0-9-]{0,39}$: Namespace ` +
			`holds the release. Default: the name without -app at its end`},
}
