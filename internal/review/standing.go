package review

// standing knows what is there before the apply. What is attached to something new opens nothing that stands.
type standing struct {
	created  map[string]bool // by type and name
	security []securityRule  // before the apply
}

// identities are the arguments by which others name a resource.
var identities = []string{"name", "id", "arn", "bucket", "role_name", "user_name", "cluster_name", "key_id",
	"cluster_id", "replication_group_id"}

func standingOf(changes []change) *standing {
	s := &standing{created: map[string]bool{}}
	for _, c := range changes {
		s.security = append(s.security, securityRules(c.kind, c.before)...)
		if c.action != Create {
			continue
		}
		for _, name := range identities {
			if text := c.after.field(name).text(); text != "" {
				s.created[c.kind+" "+text] = true
			}
		}
	}
	return s
}

// makers are the types that an argument names.
var makers = map[string][]string{
	"role": {"aws_iam_role"}, "user": {"aws_iam_user"}, "group": {"aws_iam_group"}, "bucket": {"aws_s3_bucket"},
	"cluster_name": {"aws_eks_cluster"}, "repository": {"aws_ecr_repository"}, "backup_vault_name": {"aws_backup_vault"},
	"topic_arn": {"aws_sns_topic"}, "arn": {"aws_sns_topic"}, "secret_arn": {"aws_secretsmanager_secret"},
	"key_id": {"aws_kms_key"}, "security_group_id": {"aws_security_group"}, "route_table_id": {"aws_route_table"},
	"user_group_id": {"aws_elasticache_user_group"}, "queue_url": {"aws_sqs_queue"},
}

// isNew is whether an argument names what the same plan creates: its value is not known yet, or is one's name.
func (s *standing) isNew(argument node) bool {
	if argument.unknown == true {
		return true
	}
	for _, kind := range makers[argument.name] {
		if s.created[kind+" "+argument.text()] {
			return true
		}
	}
	return false
}
