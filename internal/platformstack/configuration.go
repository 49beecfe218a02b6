package platformstack

// configuration has a platform stack's resources as the value of an output; its data sources become a state file and a
// local value.
func configuration(platform, images Object) Object {
	resources, _ := platform["resource"].(Object)
	for _, byID := range resources {
		for _, body := range byID.(Object) {
			delete(body.(Object), "//")
		}
	}
	return Object{
		"locals": Object{"aws_ssm_parameter": images},
		"data": Object{"terraform_remote_state": Object{"environment": Object{
			"backend": "local", "config": Object{"path": "outputs.tfstate"},
		}}},
		"output": Object{"resources": Object{"value": resources}},
	}
}

// imagesOf are the parameters that a platform stack reads, with an image, or what <env> first writes to each.
func imagesOf(platform, environment Object, image string) Object {
	first := map[any]any{}
	written, _ := at(environment, "resource", "aws_ssm_parameter").(Object)
	for _, parameter := range written {
		first[at(parameter, "name")] = at(parameter, "insecure_value")
	}
	images := Object{}
	read, _ := at(platform, "data", "aws_ssm_parameter").(Object)
	for id, parameter := range read {
		images[id] = Object{"insecure_value": image}
		if image == "" {
			images[id] = Object{"insecure_value": first[at(parameter, "name")]}
		}
	}
	return images
}

// stateWith is a Terraform state with nothing but outputs.
func stateWith(outputs map[string]string) Object {
	typed := Object{}
	for name, value := range outputs {
		typed[name] = Object{"value": value, "type": "string"}
	}
	return Object{
		"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "sample", "outputs": typed,
		"resources": []any{},
	}
}
