package environments

import "strconv"

// LogDays is how long a log group keeps its events, in days: one of the figures that CloudWatch Logs takes.
type LogDays int

// logDays: PutRetentionPolicy, retentionInDays (Amazon CloudWatch Logs API reference).
var logDays = []LogDays{1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}

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
	// BudgetUSD is the month's budget, in USD; 80 % of it, spent or forecast, is an alarm. 0 is none. Default: 0.
	BudgetUSD int `yaml:"budget_usd" jsonschema:"minimum=0"`
	// Thresholds are when the alarms ring.
	Thresholds Thresholds `yaml:"thresholds"`
}

// Thresholds are when the alarms ring.
type Thresholds struct {
	// ErrorPercent is the share of requests answered 5xx, in percent. Default: 5.
	ErrorPercent int `yaml:"error_percent" jsonschema:"minimum=1,maximum=100"`
	// LatencyMilliseconds is the 99th percentile of the response time. Default: 1000.
	LatencyMilliseconds int `yaml:"latency_milliseconds" jsonschema:"minimum=1,maximum=60000"`
	// CPUPercent is the CPU of database, cache and nodes, in percent. Default: 80.
	CPUPercent int `yaml:"cpu_percent" jsonschema:"minimum=1,maximum=100"`
	// MemoryPercent is the memory of cache and nodes, in percent. Default: 80.
	MemoryPercent int `yaml:"memory_percent" jsonschema:"minimum=1,maximum=100"`
	// ReplicaLagMilliseconds is how far an Aurora reader may be behind. Default: 1000.
	ReplicaLagMilliseconds int `yaml:"replica_lag_milliseconds" jsonschema:"minimum=1,maximum=3600000"`
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
	// Approval asks a person before the deployment. Off in production needs `acknowledge: [approval-off]`.
	// Default: true in production, else false.
	Approval bool `yaml:"approval"`
	// PromotesFrom names the environment whose running image this one deploys, by its digest, instead of building its own. Default: none.
	PromotesFrom string `yaml:"promotes_from"`
}
