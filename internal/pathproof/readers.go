package pathproof

import (
	"slices"
	"strings"
)

// readable are the actions that read what a kind of resource holds.
var readable = map[string]string{
	"aws_secretsmanager_secret": "secretsmanager:GetSecretValue", "aws_rds_cluster": "secretsmanager:GetSecretValue",
	"aws_s3_bucket": "s3:GetObject s3:GetObjectVersion", "aws_kms_key": "kms:Decrypt",
	"aws_ecr_repository": "ecr:BatchGetImage",
}

// Readers are who may read what a target of an environment holds: a secret, the login of a database's master, a
// bucket, an image; of a key who may decrypt with it. It is not ok where there is no target of that name; a name may
// lack the environment's.
func (f *Facts) Readers(scope Scope, name string) (found []Reach, full string, ok bool) {
	for kind, actions := range readable {
		for _, target := range f.targetsIn(scope.all(), kind) {
			if kind == "aws_rds_cluster" && !strings.HasPrefix(target.Name, masterOf) || !scope.means(name, target.Name) {
				continue
			}
			return f.Who(target, nil, strings.Fields(actions)...), target.Name, true
		}
	}
	return nil, "", false
}

// means is whether a name is a target's, or is so with the environment's before or after it.
func (s Scope) means(name, full string) bool {
	full = strings.TrimPrefix(full, "alias/")
	return slices.Contains([]string{name, name + "-" + s.Name, s.Prefix() + "-" + name}, full)
}

// Readable are the names that Readers knows of an environment.
func (f *Facts) Readable(scope Scope) []string {
	var names []string
	for kind := range readable {
		for _, target := range f.targetsIn(scope.all(), kind) {
			if target.Name != "" && (kind != "aws_rds_cluster" || strings.HasPrefix(target.Name, masterOf)) {
				names = append(names, target.Name)
			}
		}
	}
	return unique(names)
}

// Role is a role of an environment with those who become it.
type Role struct {
	Name string
	By   []string
}

// Roles are the roles that the stacks of an environment make, by their names.
func (f *Facts) Roles(scope Scope) []Role {
	var found []Role
	for _, p := range f.rolesIn(scope.Own) {
		role := Role{Name: p.Name}
		for _, ways := range [][]Reach{f.federated(p), f.trustedServices(p), f.Assume(p)} {
			for _, one := range ways {
				role.By = append(role.By, one.Who)
			}
		}
		found = append(found, role)
	}
	return found
}
