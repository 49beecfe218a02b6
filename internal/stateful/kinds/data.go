package kinds

// dataTypes hold data, beside those that this project's stacks protect.
var dataTypes = []string{
	"aws_cloudwatch_log_group", "aws_cloudwatch_log_stream",
	"aws_fsx_data_repository_association", // its end may delete what is in the file system
	"aws_quicksight_account_subscription", // with it goes all that was made in QuickSight
	"kubernetes_persistent_volume", "kubernetes_persistent_volume_v1",
	"kubernetes_persistent_volume_claim", "kubernetes_persistent_volume_claim_v1",
	"kubernetes_stateful_set", "kubernetes_stateful_set_v1", "kubernetes_namespace",
	"kubernetes_secret", "kubernetes_secret_v1",
}

// dataPatterns are what AWS calls what holds data, and what encrypts it.
var dataPatterns = []string{
	"aws_*_bucket", "aws_*_database", "aws_*_data_store", "aws_*_file_system", "aws_*_key", "aws_*_ledger",
	"aws_*_queue", "aws_*_repository", "aws_*_secret", "aws_*_snapshot", "aws_*_snapshot_copy", "aws_*_stream",
	"aws_*_user_pool", "aws_*_vault", "aws_*_volume", "aws_*_cluster", "aws_db_instance", "aws_dynamodb_*table*",
	"aws_opensearch_domain", "aws_elasticsearch_domain", "aws_instance", "aws_ami*", "aws_workspaces_workspace",
}
