package emulator

import (
	"maps"
	"os"
)

// way is one in which a program that is told of an emulator could reach an AWS account, or any other host, or not reach
// the emulator: what the environment, or a file in HOME, of who runs titan may say.
type way struct {
	variables map[string]string
	home      map[string]string // files, by their paths in HOME
	harmless  bool              // AWS_ENDPOINT_URL wins over it
}

// Stand-ins in ways for what a test knows only when it runs.
const (
	elsewhere = "ELSEWHERE" // the URL of another host
	inHome    = "HOME/"     // the path of a file in HOME
	marker    = "MARKER"    // a file that a program makes when it is run
)

// noKeys takes away the emulator's, so that an SDK looks for others.
var noKeys = map[string]string{"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}

// ways are all that are known. That each of them makes a difference, where nothing is done about it, is tried as well.
// Sources are the AWS SDKs and Tools Reference Guide, 'Environment variables list', and Go's net/http.
func ways() map[string]way {
	return map[string]way{
		"endpoint of one service":         {variables: map[string]string{"AWS_ENDPOINT_URL_STS": elsewhere}},
		"endpoints ignored":               {variables: map[string]string{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}},
		"FIPS endpoints":                  {variables: map[string]string{"AWS_USE_FIPS_ENDPOINT": "true"}},
		"dual-stack endpoints":            {variables: map[string]string{"AWS_USE_DUALSTACK_ENDPOINT": "true"}},
		"certificates that are not there": {variables: map[string]string{"AWS_CA_BUNDLE": "/nowhere.pem"}},
		"session token":                   {variables: map[string]string{"AWS_SESSION_TOKEN": "another's"}},

		"profile that is not there":       {variables: map[string]string{"AWS_PROFILE": "nowhere"}},
		"file of a profile's endpoints":   harmless(profiles("", ownEndpoints)),
		"HOME with a profile's endpoints": harmless(home(ownEndpoints)),
		"file that has endpoints ignored": profiles("", "[default]\nignore_configured_endpoint_urls = true\n"),
		"HOME that has endpoints ignored": home("[default]\nignore_configured_endpoint_urls = true\n"),
		"profile that has them ignored":   profiles("mine", "[profile mine]\nignore_configured_endpoint_urls = true\n"),
		"profile with FIPS endpoints":     profiles("mine", "[profile mine]\nuse_fips_endpoint = true\n"),
		"profile with dual-stack":         profiles("mine", "[profile mine]\nuse_dualstack_endpoint = true\n"),
		"profile with a bundle":           profiles("mine", "[profile mine]\nca_bundle = /nowhere.pem\n"),

		"profile with a program":      withoutKeys(profiles("mine", "[profile mine]\ncredential_process = touch "+marker+"\n")),
		"HOME with a program":         withoutKeys(home("[default]\ncredential_process = touch " + marker + "\n")),
		"profile with single sign-on": withoutKeys(profiles("mine", singleSignOn)),
		"profile with a role": withoutKeys(profiles("mine",
			"[profile mine]\nrole_arn = arn:aws:iam::1:role/r\ncredential_source = Environment\n")),
		"HOME with keys": withoutKeys(way{home: map[string]string{".aws/credentials": ownKeys}}),
		"file with keys": withoutKeys(way{
			variables: map[string]string{"AWS_SHARED_CREDENTIALS_FILE": inHome + "keys"}, home: map[string]string{"keys": ownKeys}}),
		"credentials of a container": withoutKeys(way{
			variables: map[string]string{"AWS_CONTAINER_CREDENTIALS_FULL_URI": elsewhere}}),
		"credentials of a machine": withoutKeys(way{
			variables: map[string]string{"AWS_EC2_METADATA_SERVICE_ENDPOINT": elsewhere}}),
		"credentials of a service account": withoutKeys(way{
			variables: map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": inHome + "token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/r"},
			home:      map[string]string{"token": "t"}}),

		"proxy":                    {variables: map[string]string{"HTTP_PROXY": elsewhere}},
		"exception from the proxy": {variables: map[string]string{"NO_PROXY": "*"}},
		"exception in lower case":  {variables: map[string]string{"no_proxy": "*"}},
	}
}

// Files of a user's.
const (
	ownKeys      = "[default]\naws_access_key_id = real\naws_secret_access_key = real\n"
	ownEndpoints = "[default]\nendpoint_url = " + elsewhere + "\nservices = mine\n" +
		"[services mine]\nsts =\n  endpoint_url = " + elsewhere + "\n"
	singleSignOn = "[profile mine]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n" +
		"[sso-session s]\nsso_region = eu-west-1\nsso_start_url = " + elsewhere + "\n"
)

// profiles is a configuration file that AWS_CONFIG_FILE names, with one of its profiles chosen.
func profiles(profile, content string) way {
	w := way{variables: map[string]string{"AWS_CONFIG_FILE": inHome + "profiles"}, home: map[string]string{"profiles": content}}
	if profile != "" {
		w.variables["AWS_PROFILE"] = profile
	}
	return w
}

// home is a configuration file where it is looked for.
func home(content string) way { return way{home: map[string]string{".aws/config": content}} }

func harmless(w way) way {
	w.harmless = true
	return w
}

func withoutKeys(w way) way {
	with := way{variables: maps.Clone(noKeys), home: w.home}
	maps.Copy(with.variables, w.variables)
	return with
}

// callerVariable has this test's program be a program that calls an AWS.
const callerVariable = "TITAN_TEST_CALLER"

func isCaller() bool { return os.Getenv(callerVariable) != "" }
