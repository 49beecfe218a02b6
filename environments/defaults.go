package environments

// applyDefaults fills what the file does not set; has is whether it sets a path. Every default of the project is here.
func (e *Environment) applyDefaults(has func(path string) bool) {
	development := e.Tier == Development

	defaultIfZero(&e.Owner, e.Account.Owner)
	defaultIfZero(&e.Repository, e.Account.Repository)
	defaultIfZero(&e.Protection, choose(development, ProtectionOff, ProtectionFull))

	defaultIfAbsent(has, "dns.delegated", &e.DNS.Delegated, true)
	defaultIfZero(&e.DNS.Domain, e.DNS.Zone)
	defaultIfZero(&e.DNS.Name, "api."+e.DNS.Domain)
	for i := range e.DNS.Records {
		defaultIfZero(&e.DNS.Records[i].TTL, 300)
	}

	defaultIfZero(&e.DR.Role, choose(e.DR.Primary != "", DRSecondary, DRNone))
	defaultIfZero(&e.DR.Failover, FailoverManual)

	e.applyRequestDefaults(has)
	e.applyDataDefaults(has)
	e.applyOperationsDefaults(has)
	e.applyClusterDefaults(has)
}

// applyRequestDefaults are those of the request's way: edge, network, load balancer.
func (e *Environment) applyRequestDefaults(has func(path string) bool) {
	development, production := e.Tier == Development, e.Tier == Production
	defaultIfAbsent(has, "edge.enabled", &e.Edge.Enabled, e.DR.Role != DRSecondary)
	defaultIfZero(&e.Edge.PriceClass, choose(production, PriceClassAll, PriceClass100))
	defaultIfZero(&e.Edge.AccessLogs, choose(development, LogsNowhere, LogsToCloudWatch))
	defaultIfAbsent(has, "edge.rate_limit", &e.Edge.RateLimit, 2000)
	e.Edge.applyWAFDefaults(has)

	e.Edge.applyDefaults()
	for i := range e.Edge.Behaviors {
		e.Edge.Behaviors[i].applyDefaults(e.Edge.ViewerProtocolPolicy, func(key string) bool {
			return has(item("edge.behaviors", i, key))
		})
	}

	if !has("network.availability_zones") {
		e.Network.AvailabilityZones = e.Region.Zones()
	}
	defaultIfZero(&e.Network.NAT, choose(development, NATSingle, NATPerAZ))
	defaultIfZero(&e.Network.FlowLogs, choose(development, LogsNowhere, LogsToCloudWatch))
	defaultIfZero(&e.Network.FlowLogDays, 365)

	defaultIfAbsent(has, "load_balancer.idle_timeout", &e.LoadBalancer.IdleTimeout, 60)
	defaultIfAbsent(has, "load_balancer.deregistration_delay", &e.LoadBalancer.DeregistrationDelay, 30)
	defaultIfAbsent(has, "load_balancer.slow_start", &e.LoadBalancer.SlowStart, 30)
	defaultIfZero(&e.LoadBalancer.OriginSecret, OriginSecretA)
}

// applyDataDefaults are those of database, cache, secrets and backups.
func (e *Environment) applyDataDefaults(has func(path string) bool) {
	development, production := e.Tier == Development, e.Tier == Production
	defaultIfZero(&e.Database.EngineVersion, "17.9")
	defaultIfZero(&e.Database.InstanceClass, choose(development, "db.serverless", "db.r8g.large"))
	defaultIfAbsent(has, "database.min_capacity", &e.Database.MinCapacity, 0.5)
	defaultIfAbsent(has, "database.max_capacity", &e.Database.MaxCapacity, 2)
	defaultIfAbsent(has, "database.readers", &e.Database.Readers, choose(production, 2, choose(development, 0, 1)))
	defaultIfAbsent(has, "database.max_readers", &e.Database.MaxReaders,
		min(15, e.Database.Readers+choose(development, 0, 2)))
	defaultIfAbsent(has, "database.retention_days", &e.Database.RetentionDays, choose(production, 35, 7))
	defaultIfZero(&e.Database.Login, LoginPassword)

	defaultIfZero(&e.Cache.Mode, choose(development, CacheSingle, CacheReplicated))
	defaultIfZero(&e.Cache.NodeType, choose(production, "cache.r7g.large", "cache.t4g.small"))
	defaultIfAbsent(has, "cache.replicas", &e.Cache.Replicas, choose(e.Cache.Mode == CacheSingle, 0, 2))
	defaultIfAbsent(has, "cache.snapshot_days", &e.Cache.SnapshotDays, choose(development, 1, 7))

	defaultIfAbsent(has, "secrets.recovery_days", &e.Secrets.RecoveryDays, choose(development, 0, 30))
	defaultIfZero(&e.Secrets.Database, 1)
	defaultIfZero(&e.Secrets.Grafana, 1)
	defaultIfZero(&e.Secrets.OriginA, 1)
	defaultIfZero(&e.Secrets.OriginB, 1)

	defaultIfAbsent(has, "backup.retention_days", &e.Backup.RetentionDays, choose(production, 35, 7))
	defaultIfAbsent(has, "backup.copy_days", &e.Backup.CopyDays, e.Backup.RetentionDays)
	defaultIfZero(&e.Backup.VaultLock, choose(development, VaultLockNone, VaultLockGovernance))
	defaultIfZero(&e.Backup.InstantDays, 90)
	defaultIfZero(&e.Backup.FlexibleDays, 180)
	defaultIfZero(&e.Backup.ExpireDays, 730)
}

// applyOperationsDefaults are those of alarms, traces and the pipeline.
func (e *Environment) applyOperationsDefaults(has func(path string) bool) {
	development, production := e.Tier == Development, e.Tier == Production
	defaultIfZero(&e.Observability.LogDays, 365)
	e.Observability.Thresholds.applyDefaults(development)

	defaultIfAbsent(has, "tracing.sampling_percent", &e.Tracing.SamplingPercent, choose(development, 100, 5))
	defaultIfAbsent(has, "tracing.insights", &e.Tracing.Insights, !development)

	defaultIfZero(&e.Delivery.Branch, "main")
	defaultIfAbsent(has, "delivery.approval", &e.Delivery.Approval, production)
}

// applyClusterDefaults are those of the cluster and of what runs in it.
func (e *Environment) applyClusterDefaults(has func(path string) bool) {
	development := e.Tier == Development
	defaultIfZero(&e.Cluster.Deployer, DeployerCodeBuild)
	defaultIfZero(&e.Cluster.ServiceCIDR, "172.20.0.0/16")
	for i := range e.Cluster.NodeGroups {
		e.Cluster.NodeGroups[i].applyDefaults(func(key string) bool {
			return has(item("cluster.node_groups", i, key))
		})
	}

	defaultIfZero(&e.Addons.Login, ClusterLoginExec)
	defaultIfZero(&e.Addons.PrometheusDays, 15)
	e.Addons.Grafana.OIDC.applyDefaults()
	e.Addons.applyDefaults(choose(development, Small, Medium))

	defaultIfZero(&e.Application.Name, defaultApplication)
	defaultIfZero(&e.Application.Namespace, e.Application.ShortName())
	defaultIfZero(&e.Database.Name, e.Application.identifier())
	defaultIfZero(&e.Application.MinReplicas, choose(development, 1, 3))
	defaultIfZero(&e.Application.MaxReplicas, choose(development, 3, 12))
	defaultIfZero(&e.Application.CPUPercent, 70)
	defaultIfZero(&e.Application.MemoryPercent, 80)
}

// applyWAFDefaults has a new environment count in every tier: what a rule is wrong about is found by the users of this
// very application, and blocking them is no way to find it.
func (e *Edge) applyWAFDefaults(has func(path string) bool) {
	defaultIfZero(&e.WAF.Mode, WAFCount)
	defaultIfZero(&e.WAF.InspectedKiB, 16)
	defaultIfAbsent(has, "edge.waf.body_limit_kib", &e.WAF.BodyLimitKiB,
		choose(e.Enabled, int(e.WAF.InspectedKiB), regionalInspectedKiB))
	defaultIfZero(&e.WAF.BotControl, BotControlOff)
	for i := range e.WAF.RateLimits {
		defaultIfZero(&e.WAF.RateLimits[i].WindowSeconds, 300)
	}
}

func (e *Edge) applyDefaults() {
	defaultIfZero(&e.ViewerProtocolPolicy, HTTPSOnly)
	// The load balancer's idle timeout, and all that an account has without asking.
	defaultIfZero(&e.Origin.ReadTimeout, 60)
	defaultIfZero(&e.Origin.KeepaliveTimeout, 5)
	defaultIfZero(&e.Origin.ConnectionTimeout, 10)
	defaultIfZero(&e.Origin.ConnectionAttempts, 3)
	defaultIfZero(&e.MaintenancePage.Format, PageNone)
	for i := range e.Redirects {
		defaultIfZero(&e.Redirects[i].Status, 302)
	}
}

func (b *Behavior) applyDefaults(edge ViewerProtocolPolicy, has func(key string) bool) {
	defaultIfZero(&b.ViewerProtocolPolicy, choose(b.Target == TargetStatic, RedirectToHTTPS, edge))
	defaultIfZero(&b.Cache.MaxSeconds, b.Cache.Seconds)
	if !b.CORS.IsSet() {
		return
	}
	if len(b.CORS.Methods) == 0 {
		b.CORS.Methods = []Method{MethodGet, MethodHead}
	}
	if len(b.CORS.Headers) == 0 {
		b.CORS.Headers = []string{"Authorization", "Content-Type"}
	}
	defaultIfAbsent(has, "cors.max_age_seconds", &b.CORS.MaxAgeSeconds, 600)
}

func (t *Thresholds) applyDefaults(development bool) {
	defaultIfZero(&t.ErrorPercent, 5)
	defaultIfZero(&t.OutagePercent, 50)
	defaultIfZero(&t.LatencyMilliseconds, 1000)
	defaultIfZero(&t.CPUPercent, 80)
	defaultIfZero(&t.MemoryPercent, 80)
	defaultIfZero(&t.DiskPercent, 80)
	defaultIfZero(&t.DatabaseMemoryMiB, 256)
	defaultIfZero(&t.DatabaseConnections, choose(development, 300, 1200))
	defaultIfZero(&t.ReplicaLagMilliseconds, 1000)
	defaultIfZero(&t.CacheLagSeconds, 30)
	defaultIfZero(&t.CacheEvictions, 1000)
	defaultIfZero(&t.ApplicationErrors, 10)
	defaultIfZero(&t.DatabaseErrors, 10)
	defaultIfZero(&t.DeniedCalls, 100)
	defaultIfZero(&t.CertificateDays, 30)
}

func (g *NodeGroup) applyDefaults(has func(key string) bool) {
	defaultIfZero(&g.Capacity, OnDemand)
	defaultIfZero(&g.Architecture, AMD64)
	defaultIfZero(&g.AMI, AmazonLinux)
	defaultIfAbsent(has, "per_zone", &g.PerZone, true)
	defaultIfAbsent(has, "min", &g.Min, 1)
	defaultIfZero(&g.Max, 3)
	defaultIfZero(&g.DiskGiB, 50)
}

// defaultIfZero gives a setting its default where the zero value means 'not set'.
func defaultIfZero[T comparable](setting *T, value T) {
	var zero T
	if *setting == zero {
		*setting = value
	}
}

// defaultIfAbsent gives a setting its default where zero or false is a choice of its own.
func defaultIfAbsent[T any](has func(string) bool, path string, setting *T, value T) {
	if !has(path) {
		*setting = value
	}
}

func choose[T any](condition bool, yes, no T) T {
	if condition {
		return yes
	}
	return no
}
