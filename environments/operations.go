package environments

import "strconv"

// LogDays is how long a log group keeps its events, in days: one of the figures that CloudWatch Logs takes.
type LogDays int

// logDays: PutRetentionPolicy, retentionInDays (Amazon CloudWatch Logs API reference).
var logDays = []LogDays{
	1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

func (LogDays) values() []string {
	list := make([]string, len(logDays))
	for i, days := range logDays {
		list[i] = strconv.Itoa(int(days))
	}
	return list
}

// Observability is logs, alarms and who hears of them.
type Observability struct {
	// LogDays is how long the log groups of the platform keep events, in days. Default: 365.
	LogDays LogDays `yaml:"log_days"`
	// Emails get every alarm; each has to confirm its subscription. Default: none.
	Emails []string `yaml:"emails" jsonschema:"uniqueItems=true"`
	// Webhooks are HTTPS endpoints that get every alarm. Default: none.
	Webhooks []string `yaml:"webhooks" jsonschema:"uniqueItems=true"`
	// BudgetUSD is the month's budget, in USD; 80 % of it, spent or forecast, is an alarm. It counts what carries the
	// environment's tag, and AWS counts by a tag only once that is activated as a cost allocation tag
	// (docs/runbooks/alarms.md). 0 is none. Default: 0.
	BudgetUSD int `yaml:"budget_usd" jsonschema:"minimum=0,maximum=2147483647"`
	// Thresholds are when the alarms ring.
	Thresholds Thresholds `yaml:"thresholds"`
}

// Thresholds are when the alarms ring.
type Thresholds struct {
	// ErrorPercent is the share of requests answered 5xx, in percent. Default: 5.
	ErrorPercent int `yaml:"error_percent" jsonschema:"minimum=1,maximum=100"`
	// OutagePercent is the share of requests answered 5xx, in percent, from which on the service is down. Default: 50.
	OutagePercent int `yaml:"outage_percent" jsonschema:"minimum=2,maximum=100"`
	// LatencyMilliseconds is the 99th percentile of the response time. Default: 1000.
	LatencyMilliseconds int `yaml:"latency_milliseconds" jsonschema:"minimum=1,maximum=60000"`
	// CPUPercent is the CPU of database, cache and nodes, in percent. Default: 80.
	CPUPercent int `yaml:"cpu_percent" jsonschema:"minimum=1,maximum=100"`
	// MemoryPercent is the memory of cache and nodes, in percent. Default: 80.
	MemoryPercent int `yaml:"memory_percent" jsonschema:"minimum=1,maximum=100"`
	// DiskPercent is how full a node's disk may be, in percent. Kubernetes begins to evict pods at 85. Default: 80.
	DiskPercent int `yaml:"disk_percent" jsonschema:"minimum=1,maximum=100"`
	// DatabaseMemoryMiB is how little memory an Aurora instance may have free, in MiB. Default: 256.
	DatabaseMemoryMiB int `yaml:"database_memory_mib" jsonschema:"minimum=1,maximum=1048576"`
	// DatabaseConnections is how many connections an Aurora instance may have. Default: 1200, two thirds of what a
	// db.r8g.large takes; in development 300, two thirds of what 2 Aurora capacity units take.
	DatabaseConnections int `yaml:"database_connections" jsonschema:"minimum=1,maximum=5000"`
	// ReplicaLagMilliseconds is how far an Aurora reader may be behind. Default: 1000.
	ReplicaLagMilliseconds int `yaml:"replica_lag_milliseconds" jsonschema:"minimum=1,maximum=3600000"`
	// CacheLagSeconds is how far a replica of the cache may be behind. Default: 30.
	CacheLagSeconds int `yaml:"cache_lag_seconds" jsonschema:"minimum=1,maximum=3600"`
	// CacheEvictions is how many keys a node of the cache may evict in five minutes. Default: 1000.
	CacheEvictions int `yaml:"cache_evictions" jsonschema:"minimum=1,maximum=2147483647"`
	// ApplicationErrors is how many errors the application may log in five minutes. Default: 10.
	ApplicationErrors int `yaml:"application_errors" jsonschema:"minimum=1,maximum=2147483647"`
	// DatabaseErrors is how many fatal errors, failed logins among them, Aurora may log in five minutes. Default: 10.
	DatabaseErrors int `yaml:"database_errors" jsonschema:"minimum=1,maximum=2147483647"`
	// DeniedCalls is how many calls of the cluster's API may be denied in five minutes. Default: 100.
	DeniedCalls int `yaml:"denied_calls" jsonschema:"minimum=1,maximum=2147483647"`
	// CertificateDays is how many days before its end a certificate rings. ACM has renewed it by then, unless it
	// could not. Default: 30.
	CertificateDays int `yaml:"certificate_days" jsonschema:"minimum=1,maximum=90"`
}

// Tracing is X-Ray.
type Tracing struct {
	// SamplingPercent of the requests beyond the first of each second are traced. Default: 5, in development 100.
	SamplingPercent int `yaml:"sampling_percent" jsonschema:"minimum=0,maximum=100"`
	// Insights lets X-Ray look for anomalies and tell of them. Default: true, in development false.
	Insights bool `yaml:"insights"`
}

// Delivery is the registry and the pipeline.
type Delivery struct {
	// Repository on GitHub holds the application (organisation/name). Default: none, and then there is no pipeline.
	Repository string `yaml:"repository" jsonschema:"pattern=^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$"`
	// Branch whose commits start the pipeline. Default: main.
	Branch string `yaml:"branch" jsonschema:"minLength=1"`
	// Paths limit the trigger to commits that touch them (at most eight glob patterns). Default: all.
	Paths []string `yaml:"paths" jsonschema:"maxItems=8,uniqueItems=true"`
	// Approval asks a person before the deployment, and before the deployer applies its plan of the platform stack. Off in
	// production needs `acknowledge: [approval-off]`. Default: true in production, else false.
	Approval bool `yaml:"approval"`
	// IgnoreUnfixed lets an image pass whose vulnerabilities nobody has fixed yet. Default: false.
	IgnoreUnfixed bool `yaml:"ignore_unfixed"`
	// PromotesFrom names the environment whose running image this one deploys, by its digest, instead of building
	// its own. Default: none.
	PromotesFrom string `yaml:"promotes_from"`
}
