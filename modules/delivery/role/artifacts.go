package role

import (
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// Store is a bucket of a pipeline's artifacts.
type Store struct {
	Bucket string // name
	Region string
	// The key that encrypts it, by its ARN, or by its alias where another stack made it.
	KeyARN, KeyAlias string
}

// KeyID names the key where a service takes an alias' ARN as well: CodePipeline does (API Reference, EncryptionKey).
func (s Store) KeyID(t target.Target) string {
	if s.KeyAlias != "" {
		return t.In(s.Region).AliasARN(s.KeyAlias)
	}
	return s.KeyARN
}

// use lets a key be used through S3 alone. Without an ARN it is whichever key of the bucket's region has the alias, and
// KMS knows a new alias after up to five minutes (KMS Developer Guide, 'Use aliases to control access to KMS keys').
func (s Store) use(t target.Target, sid string, actions ...string) iampolicy.Statement {
	condition := iampolicy.Conditions{"StringEquals": {"kms:ViaService": {"s3." + s.Region + ".amazonaws.com"}}}
	key := s.KeyARN
	if s.KeyAlias != "" {
		key = t.In(s.Region).KeysARN()
		condition["ForAnyValue:StringEquals"] = map[string]iampolicy.Values{"kms:ResourceAliases": {s.KeyAlias}}
	}
	return Allow(sid, []string{key}, condition, actions...)
}

// read lets a build fetch its input (CodeBuild User Guide, 'Allow CodeBuild to interact with other AWS services').
func (s Store) read(t target.Target) []iampolicy.Statement {
	bucket := t.BucketARN(s.Bucket)
	return []iampolicy.Statement{
		Allow("FindArtifacts", []string{bucket}, nil, "s3:GetBucketAcl", "s3:GetBucketLocation"),
		Allow("ReadArtifacts", []string{bucket + "/*"}, nil, "s3:GetObject", "s3:GetObjectVersion"),
		s.use(t, "DecryptArtifacts", "kms:Decrypt"),
	}
}

// write lets a build leave its output, beside what read lets it do.
func (s Store) write(t target.Target) []iampolicy.Statement {
	return []iampolicy.Statement{
		Allow("WriteArtifacts", []string{t.BucketARN(s.Bucket) + "/*"}, nil, "s3:PutObject"),
		s.use(t, "EncryptArtifacts", "kms:GenerateDataKey"),
	}
}
