package role

import "github.com/titan-platform/titan/internal/iampolicy"

// Store is a bucket of a pipeline's artifacts.
type Store struct {
	Bucket string // name
	Region string
	// The key that encrypts it, by its ARN, or by its alias where another stack made it.
	KeyARN, KeyAlias string
}

func (s Store) arn(partition string) string { return "arn:" + partition + ":s3:::" + s.Bucket }

// use lets a key be used through S3 alone. Without an ARN it is whichever key of the account and region has the alias.
func (s Store) use(p Place, sid string, actions ...string) iampolicy.Statement {
	condition := iampolicy.Conditions{"StringEquals": {"kms:ViaService": {"s3." + s.Region + ".amazonaws.com"}}}
	key := s.KeyARN
	if s.KeyAlias != "" {
		key = p.ARN("kms", "key/*")
		condition["ForAnyValue:StringEquals"] = map[string]iampolicy.Values{"kms:ResourceAliases": {s.KeyAlias}}
	}
	return Allow(sid, []string{key}, condition, actions...)
}

// read lets a build fetch its input (CodeBuild User Guide, 'Allow CodeBuild to interact with other AWS services').
func (s Store) read(p Place) []iampolicy.Statement {
	bucket := s.arn(p.Partition)
	return []iampolicy.Statement{
		Allow("FindArtifacts", []string{bucket}, nil, "s3:GetBucketAcl", "s3:GetBucketLocation"),
		Allow("ReadArtifacts", []string{bucket + "/*"}, nil, "s3:GetObject", "s3:GetObjectVersion"),
		s.use(p, "DecryptArtifacts", "kms:Decrypt"),
	}
}
