package emulator

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
)

// backupGaps stands in for what the emulator lacks of AWS Backup: what is said of a vault beside its key (policy, lock, notifications),
// the region's opt-in, and restore tests.
type backupGaps struct {
	vaults  *store[map[string]any] // by region and path
	tests   *store[map[string]any]
	regions *store[map[string]any] // the opt-in, by region
}

func newBackupGaps() *backupGaps {
	return &backupGaps{newStore[map[string]any](), newStore[map[string]any](), newStore[map[string]any]()}
}

func (b *backupGaps) answer(r *Request) *Reply {
	path, _, _ := strings.Cut(r.Path, "?")
	path = strings.TrimSuffix(path, "/")
	steps := strings.Split(strings.TrimPrefix(path, "/"), "/")
	switch {
	case path == "/account-settings":
		return b.optIn(r)
	case steps[0] == "backup-vaults" && len(steps) == 3 && (steps[2] == "access-policy" || steps[2] == "vault-lock" || steps[2] == "notification-configuration"):
		return b.ofVault(r, path, steps[1])
	case steps[0] == "restore-testing" && len(steps) == 2 && r.Method == http.MethodPut:
		return b.makeTest(r, "RestoreTestingPlan", path)
	case steps[0] == "restore-testing" && len(steps) == 4 && r.Method == http.MethodPut:
		return b.makeTest(r, "RestoreTestingSelection", path)
	case steps[0] == "restore-testing" && len(steps) == 3:
		return b.ofTest(r, "RestoreTestingPlan", path)
	case steps[0] == "restore-testing" && len(steps) == 5:
		return b.ofTest(r, "RestoreTestingSelection", path)
	case steps[0] == "tags" && strings.Contains(path, "restore-testing-plan"):
		return jsonReply(map[string]any{"Tags": b.tagsOf(r.Region, steps)})
	}
	return nil
}

// ofVault keeps, gives and forgets one document of a vault.
func (b *backupGaps) ofVault(r *Request, path, vault string) *Reply {
	key := r.Region + path
	switch r.Method {
	case http.MethodPut:
		given := map[string]any{}
		if json.Unmarshal(r.Body, &given) != nil {
			return r.failure(http.StatusBadRequest, "InvalidParameterValueException")
		}
		b.vaults.put(key, given)
	case http.MethodDelete:
		b.vaults.remove(key)
	default:
		given, ok := b.vaults.get(key)
		if !ok {
			return r.failure(http.StatusBadRequest, "ResourceNotFoundException")
		}
		answer := maps.Clone(given)
		answer["BackupVaultName"] = vault
		return jsonReply(answer)
	}
	return jsonReply(map[string]any{})
}

// withLock puts a vault's lock into what the emulator says of the vault.
func (b *backupGaps) withLock(r *Request, body []byte) ([]byte, []string) {
	path, _, _ := strings.Cut(r.Path, "?")
	path = strings.TrimSuffix(path, "/")
	lock, ok := b.vaults.get(r.Region + path + "/vault-lock")
	if !ok || r.Method != http.MethodGet {
		return body, nil
	}
	var vault map[string]any
	if json.Unmarshal(body, &vault) != nil || vault["MinRetentionDays"] != nil {
		return body, nil
	}
	maps.Copy(vault, lock)
	delete(vault, "ChangeableForDays") // given back as a date
	vault["Locked"] = true
	completed, err := json.Marshal(vault)
	if err != nil {
		return body, nil
	}
	return completed, []string{"DescribeBackupVault.MinRetentionDays"}
}

// optedIn is how a region begins: everything that an account is opted in to by itself, the needed ones as someone may have left them.
func optedIn() map[string]any {
	types := map[string]any{}
	for _, kind := range []string{"CloudFormation", "DSQL", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "Redshift",
		"SAP HANA on Amazon EC2", "Storage Gateway", "Timestream", "VirtualMachine"} {
		types[kind] = true
	}
	types["Aurora"], types["S3"] = false, false
	return types
}

// optIn changes what it is given and leaves the rest as it was; a name that the region does not know is refused.
func (b *backupGaps) optIn(r *Request) *Reply {
	types, ok := b.regions.get(r.Region)
	if !ok {
		types = optedIn()
	}
	if r.Method == http.MethodGet {
		return jsonReply(map[string]any{"ResourceTypeOptInPreference": types, "ResourceTypeManagementPreference": map[string]any{}})
	}
	var given struct{ ResourceTypeOptInPreference map[string]any }
	if json.Unmarshal(r.Body, &given) != nil {
		return r.failure(http.StatusBadRequest, "InvalidParameterValueException")
	}
	changed := maps.Clone(types)
	for kind, value := range given.ResourceTypeOptInPreference {
		if _, known := types[kind]; !known {
			return r.failure(http.StatusBadRequest, "InvalidParameterValueException")
		}
		changed[kind] = value
	}
	b.regions.put(r.Region, changed)
	return jsonReply(map[string]any{})
}

// makeTest keeps a plan or selection of restore tests under the path at which it is asked for later.
func (b *backupGaps) makeTest(r *Request, kind, path string) *Reply {
	var given map[string]any
	if json.Unmarshal(r.Body, &given) != nil {
		return r.failure(http.StatusBadRequest, "InvalidParameterValueException")
	}
	test, _ := given[kind].(map[string]any)
	name, _ := test[kind+"Name"].(string)
	arn := "arn:aws:backup:" + r.Region + ":000000000000:restore-testing-plan:" + name
	test["CreationTime"] = 1767225600
	if kind == "RestoreTestingPlan" {
		test["RestoreTestingPlanArn"] = arn
		test["Tags"] = given["Tags"]
	} else {
		test["RestoreTestingPlanName"] = strings.Split(path, "/")[3]
	}
	b.tests.put(r.Region+path+"/"+name, test)
	return jsonReply(map[string]any{"CreationTime": 1767225600, kind + "Arn": arn, kind + "Name": name, "RestoreTestingPlanArn": arn, "RestoreTestingPlanName": test["RestoreTestingPlanName"]})
}

func (b *backupGaps) ofTest(r *Request, kind, path string) *Reply {
	test, ok := b.tests.get(r.Region + path)
	switch {
	case !ok:
		return r.failure(http.StatusBadRequest, "ResourceNotFoundException")
	case r.Method == http.MethodDelete:
		b.tests.remove(r.Region + path)
		return &Reply{Status: http.StatusNoContent, Header: http.Header{}}
	case r.Method == http.MethodGet:
		shown := maps.Clone(test)
		delete(shown, "Tags")
		return jsonReply(map[string]any{kind: shown})
	}
	return nil
}

// tagsOf are a plan's tags, by its ARN at the end of the path.
func (b *backupGaps) tagsOf(region string, steps []string) any {
	arn := strings.Split(strings.Join(steps[1:], "/"), "restore-testing-plan")
	test, _ := b.tests.get(region + "/restore-testing/plans/" + strings.TrimLeft(strings.ReplaceAll(arn[len(arn)-1], "%3A", ":"), ":"))
	return test["Tags"]
}
