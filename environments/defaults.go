package environments

// applyDefaults fills what the file does not set; has is whether it sets a path. Every default of the project is here.
func (e *Environment) applyDefaults(has func(path string) bool) {
	development, production := e.Tier == Development, e.Tier == Production

	fallback(&e.Owner, e.Account.Owner)
	fallback(&e.Repository, e.Account.Repository)
	fallback(&e.Protection, choose(development, ProtectionOff, ProtectionFull))

	unset(has, "dns.delegated", &e.DNS.Delegated, true)
	fallback(&e.DNS.Domain, e.DNS.Zone)
	fallback(&e.DNS.Name, "api."+e.DNS.Domain)
	for i := range e.DNS.Records {
		fallback(&e.DNS.Records[i].TTL, 300)
	}

	fallback(&e.DR.Role, choose(e.DR.Primary != "", DRSecondary, DRNone))
	fallback(&e.DR.Failover, FailoverManual)

	unset(has, "edge.enabled", &e.Edge.Enabled, e.DR.Role != DRSecondary)
	fallback(&e.Edge.PriceClass, choose(production, PriceClassAll, PriceClass100))
	fallback(&e.Edge.AccessLogs, choose(development, LogsNowhere, LogsToCloudWatch))
	unset(has, "edge.rate_limit", &e.Edge.RateLimit, 2000)
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
	fallback(&e.Network.NAT, choose(development, NATSingle, NATPerAZ))
	fallback(&e.Network.FlowLogs, choose(development, LogsNowhere, LogsToCloudWatch))
	fallback(&e.Network.FlowLogDays, 365)

	unset(has, "load_balancer.idle_timeout", &e.LoadBalancer.IdleTimeout, 60)
	unset(has, "load_balancer.deregistration_delay", &e.LoadBalancer.DeregistrationDelay, 30)
	unset(has, "load_balancer.slow_start", &e.LoadBalancer.SlowStart, 30)
	fallback(&e.LoadBalancer.OriginSecret, OriginSecretA)

	fallback(&e.Cluster.Deployer, DeployerCodeBuild)
	fallback(&e.Cluster.ServiceCIDR, "172.20.0.0/16")
	for i := range e.Cluster.NodeGroups {
		e.Cluster.NodeGroups[i].applyDefaults(func(key string) bool {
			return has(item("cluster.node_groups", i, key))
		})
	}

	fallback(&e.Database.EngineVersion, "17.9")
	fallback(&e.Database.InstanceClass, choose(development, "db.serverless", "db.r8g.large"))
	unset(has, "database.min_capacity", &e.Database.MinCapacity, 0.5)
	unset(has, "database.max_capacity", &e.Database.MaxCapacity, 2)
	unset(has, "database.readers", &e.Database.Readers, choose(production, 2, choose(development, 0, 1)))
	unset(has, "database.max_readers", &e.Database.MaxReaders, min(15, e.Database.Readers+choose(development, 0, 2)))
	unset(has, "database.retention_days", &e.Database.RetentionDays, choose(production, 35, 7))
	fallback(&e.Database.Login, LoginPassword)

	fallback(&e.Cache.Mode, choose(development, CacheSingle, CacheReplicated))
	fallback(&e.Cache.NodeType, choose(production, "cache.r7g.large", "cache.t4g.small"))
	unset(has, "cache.replicas", &e.Cache.Replicas, choose(e.Cache.Mode == CacheSingle, 0, 2))
	unset(has, "cache.snapshot_days", &e.Cache.SnapshotDays, choose(development, 1, 7))

	unset(has, "secrets.recovery_days", &e.Secrets.RecoveryDays, choose(development, 0, 30))
	fallback(&e.Secrets.Database, 1)
	fallback(&e.Secrets.Grafana, 1)
	fallback(&e.Secrets.OriginA, 1)
	fallback(&e.Secrets.OriginB, 1)

	fallback(&e.Observability.LogDays, 365)
	e.Observability.Thresholds.applyDefaults(development)

	unset(has, "tracing.sampling_percent", &e.Tracing.SamplingPercent, choose(development, 100, 5))
	unset(has, "tracing.insights", &e.Tracing.Insights, !development)

	fallback(&e.Delivery.Branch, "main")
	unset(has, "delivery.approval", &e.Delivery.Approval, production)

	unset(has, "backup.retention_days", &e.Backup.RetentionDays, choose(production, 35, 7))
	unset(has, "backup.copy_days", &e.Backup.CopyDays, e.Backup.RetentionDays)
	fallback(&e.Backup.VaultLock, choose(development, VaultLockNone, VaultLockGovernance))
	fallback(&e.Backup.InstantDays, 90)
	fallback(&e.Backup.FlexibleDays, 180)
	fallback(&e.Backup.ExpireDays, 730)

	fallback(&e.Addons.Login, ClusterLoginExec)
	fallback(&e.Addons.PrometheusDays, 15)
	e.Addons.Grafana.OIDC.applyDefaults()
	e.Addons.applyDefaults(choose(development, Small, Medium))

	fallback(&e.Application.Name, defaultApplication)
	fallback(&e.Application.Namespace, e.Application.ShortName())
	fallback(&e.Database.Name, e.Application.identifier())
	fallback(&e.Application.MinReplicas, choose(development, 1, 3))
	fallback(&e.Application.MaxReplicas, choose(development, 3, 12))
	fallback(&e.Application.CPUPercent, 70)
	fallback(&e.Application.MemoryPercent, 80)
}

// applyWAFDefaults has a new environment count in every tier: what a rule is wrong about is found by the users of this very
// application, and blocking them is no way to find it.
func (e *Edge) applyWAFDefaults(has func(path string) bool) {
	fallback(&e.WAF.Mode, WAFCount)
	fallback(&e.WAF.InspectedKiB, 16)
	unset(has, "edge.waf.body_limit_kib", &e.WAF.BodyLimitKiB, choose(e.Enabled, int(e.WAF.InspectedKiB), regionalInspectedKiB))
	fallback(&e.WAF.BotControl, BotControlOff)
	for i := range e.WAF.RateLimits {
		fallback(&e.WAF.RateLimits[i].WindowSeconds, 300)
	}
}

func (e *Edge) applyDefaults() {
	fallback(&e.ViewerProtocolPolicy, HTTPSOnly)
	fallback(&e.Origin.ReadTimeout, 60) // the load balancer's idle timeout, and all that an account has without asking
	fallback(&e.Origin.KeepaliveTimeout, 5)
	fallback(&e.Origin.ConnectionTimeout, 10)
	fallback(&e.Origin.ConnectionAttempts, 3)
	fallback(&e.MaintenancePage.Format, PageNone)
	for i := range e.Redirects {
		fallback(&e.Redirects[i].Status, 302)
	}
}

func (b *Behavior) applyDefaults(edge ViewerProtocolPolicy, has func(key string) bool) {
	fallback(&b.ViewerProtocolPolicy, choose(b.Target == TargetStatic, RedirectToHTTPS, edge))
	fallback(&b.Cache.MaxSeconds, b.Cache.Seconds)
	if !b.CORS.IsSet() {
		return
	}
	if len(b.CORS.Methods) == 0 {
		b.CORS.Methods = []Method{MethodGet, MethodHead}
	}
	if len(b.CORS.Headers) == 0 {
		b.CORS.Headers = []string{"Authorization", "Content-Type"}
	}
	unset(has, "cors.max_age_seconds", &b.CORS.MaxAgeSeconds, 600)
}

func (t *Thresholds) applyDefaults(development bool) {
	fallback(&t.ErrorPercent, 5)
	fallback(&t.OutagePercent, 50)
	fallback(&t.LatencyMilliseconds, 1000)
	fallback(&t.CPUPercent, 80)
	fallback(&t.MemoryPercent, 80)
	fallback(&t.DiskPercent, 80)
	fallback(&t.DatabaseMemoryMiB, 256)
	fallback(&t.DatabaseConnections, choose(development, 300, 1200))
	fallback(&t.ReplicaLagMilliseconds, 1000)
	fallback(&t.CacheLagSeconds, 30)
	fallback(&t.CacheEvictions, 1000)
	fallback(&t.ApplicationErrors, 10)
	fallback(&t.DatabaseErrors, 10)
	fallback(&t.DeniedCalls, 100)
	fallback(&t.CertificateDays, 30)
}

func (g *NodeGroup) applyDefaults(has func(key string) bool) {
	fallback(&g.Capacity, OnDemand)
	fallback(&g.Architecture, AMD64)
	fallback(&g.AMI, AmazonLinux)
	unset(has, "per_zone", &g.PerZone, true)
	unset(has, "min", &g.Min, 1)
	fallback(&g.Max, 3)
	fallback(&g.DiskGiB, 50)
}

// fallback gives a setting its default where the zero value means 'not set'.
func fallback[T comparable](setting *T, value T) {
	var zero T
	if *setting == zero {
		*setting = value
	}
}

// unset gives a setting its default where zero or false is a choice of its own.
func unset[T any](has func(string) bool, path string, setting *T, value T) {
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
