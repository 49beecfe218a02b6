package emulator

// addStandIns adds the stand-ins that share what they keep, or that ask the emulator themselves.
func (p *Proxy) addStandIns() {
	backup, secrets, health, states := newBackupGaps(), newSecretReplicas(p), newHealthAlarms(p), newClusterStates()
	nodeGroups, versions, webACLs := newNodeGroupUpdates(), newEKSVersions(), newWebACLs()
	p.snapshots = newRDSSnapshots(p.isLost)
	p.recoveryPoints = newRecoveryPoints(p, p.snapshots)
	p.quotas = newServiceQuotas()
	for service, standIns := range map[string][]StandIn{
		"backup":         {backup.answer, p.recoveryPoints.answer},
		"ecr":            {images{p}.answer},
		"iam":            {serviceLinkedRoles{p}.answer},
		"eks":            {nodeGroups.answer, versions.answer},
		"rds":            {states.answer, p.snapshots.answer},
		"route53":        {health.answer},
		"secretsmanager": {secrets.answer},
		"servicequotas":  {p.quotas.answer},
		"wafv2":          {webACLs.answer},
	} {
		p.standIns[service] = append(p.standIns[service], standIns...)
	}
	for service, patches := range map[string][]ResponsePatch{
		"backup":         {backup.withLock},
		"eks":            {nodeGroups.complete, versions.complete},
		"monitoring":     {health.watch},
		"rds":            {p.snapshots.withCopies, p.snapshots.carryData, states.complete},
		"route53":        {health.complete},
		"secretsmanager": {secrets.complete},
		"wafv2":          {webACLs.complete},
	} {
		p.patches[service] = append(p.patches[service], patches...)
	}
}
