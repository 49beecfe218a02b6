package delivery

import "github.com/titan-platform/titan/environments"

// tool is a program that builds download: one release, known by its checksum. A release can be replaced by whoever gets
// at its publisher, as trivy's 0.69.4 was in March 2026 (aquasecurity/trivy, discussion 10425); its checksum can't.
type tool struct{ url, sha256 string }

// helm is the release whose behaviour is tested with the chart. Helm 3, since 4 renames --atomic.
var helm = tool{
	url:    "https://get.helm.sh/helm-v3.20.2-linux-amd64.tar.gz",
	sha256: "258e830a9e613c8a7a302d6059b4bb3b9758f2f3e1bb8ea0d707ce10a9a72fea",
}

// trivy finds vulnerabilities and secrets in images, for the architecture that the build's machine has.
var trivy = map[environments.Architecture]tool{
	environments.AMD64: {
		url:    "https://github.com/aquasecurity/trivy/releases/download/v0.72.0/trivy_0.72.0_Linux-64bit.tar.gz",
		sha256: "bbb64b9695866ce4a7a8f5c9592002c5961cab378577fa3f8a040df362b9b2ea",
	},
	environments.ARM64: {
		url:    "https://github.com/aquasecurity/trivy/releases/download/v0.72.0/trivy_0.72.0_Linux-ARM64.tar.gz",
		sha256: "2ca2c023109c2db6b2b77366b6717291452d4531167377d95c79547f0c8e3467",
	},
}
