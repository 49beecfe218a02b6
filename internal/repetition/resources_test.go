package repetition

type object = map[string]any

const (
	role  = "arn:aws:iam::111111111111:role/r"
	key   = "arn:aws:kms:eu-west-1:111111111111:key/11111111-1111-1111-1111-111111111111"
	empty = `{"Version":"2012-10-17","Statement":[]}`
)

// Resources that more than one case is about, with no more than the provider wants.
var (
	project = object{
		"name":         "NAME",
		"service_role": role,
		"artifacts":    object{"type": "CODEPIPELINE"},
		"source":       object{"type": "CODEPIPELINE", "buildspec": "x"},
		"environment":  object{"type": "LINUX_CONTAINER", "compute_type": "BUILD_GENERAL1_SMALL", "image": "i"},
	}
	pipeline = object{
		"name":           "NAME",
		"role_arn":       role,
		"artifact_store": []any{object{"location": "b", "type": "S3"}},
		"stage": []any{
			object{
				"name": "S",
				"action": []any{
					object{
						"name":             "S",
						"category":         "Source",
						"owner":            "AWS",
						"provider":         "S3",
						"version":          "1",
						"output_artifacts": []any{"a"},
					},
				},
			},
			object{
				"name": "B",
				"action": []any{
					object{
						"name":            "B",
						"category":        "Build",
						"owner":           "AWS",
						"provider":        "CodeBuild",
						"version":         "1",
						"input_artifacts": []any{"a"},
					},
				},
			},
		},
	}
	trail = object{
		"name":                       "NAME",
		"s3_bucket_name":             "b",
		"cloud_watch_logs_group_arn": "arn:aws:logs:eu-west-1:111111111111:log-group:g:*",
		"cloud_watch_logs_role_arn":  role,
	}
	stream = object{
		"name":                      "NAME",
		"destination":               "extended_s3",
		"extended_s3_configuration": object{"role_arn": role, "bucket_arn": "arn:aws:s3:::b"},
	}
	filter = object{
		"name":            "NAME",
		"log_group_name":  "g",
		"filter_pattern":  "",
		"destination_arn": "arn:aws:firehose:eu-west-1:111111111111:deliverystream/d",
		"role_arn":        role,
	}
	selection = object{
		"name":         "NAME",
		"plan_id":      "p",
		"iam_role_arn": role,
		"resources":    []any{"arn:aws:rds:eu-west-1:111111111111:cluster:c"},
	}
	eks = object{
		"name":       "NAME",
		"role_arn":   role,
		"vpc_config": object{"subnet_ids": []any{"subnet-1", "subnet-2"}},
	}
	nodes = object{
		"cluster_name": "c", "node_group_name": "NAME", "node_role_arn": role, "subnet_ids": []any{"subnet-1"},
		"scaling_config": object{"min_size": 1, "max_size": 1, "desired_size": 1},
	}
	aurora = object{
		"cluster_identifier":          "NAME",
		"engine":                      "aurora-postgresql",
		"master_username":             "x",
		"manage_master_user_password": true,
		"skip_final_snapshot":         true,
	}
	instance = object{
		"identifier":          "NAME",
		"cluster_identifier":  "c",
		"engine":              "aurora-postgresql",
		"instance_class":      "db.r8g.large",
		"monitoring_interval": 60,
		"monitoring_role_arn": role,
	}
	redis = object{
		"replication_group_id": "NAME",
		"description":          "NAME",
		"node_type":            "cache.t4g.small",
		"engine":               "redis",
	}
	secret = object{"name": "NAME", "kms_key_id": key}
)
