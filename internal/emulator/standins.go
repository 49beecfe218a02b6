package emulator

// addStandIns adds the stand-ins that share what they keep, or that ask the emulator themselves.
func (p *Proxy) addStandIns() {
	backup, secrets, snapshots := newBackupGaps(), newSecretReplicas(p), newRDSSnapshots()
	for service, answers := range map[string][]Answer{
		"backup":         {backup.answer},
		"rds":            {snapshots.answer},
		"secretsmanager": {secrets.answer},
	} {
		p.answers[service] = append(p.answers[service], answers...)
	}
	for service, completions := range map[string][]Completion{
		"backup":         {backup.withLock},
		"rds":            {snapshots.withCopies},
		"secretsmanager": {secrets.complete},
	} {
		p.completions[service] = append(p.completions[service], completions...)
	}
}
