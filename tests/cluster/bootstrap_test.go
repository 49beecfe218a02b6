//go:build cluster

package cluster

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// job is the chart's bootstrap Job, run on this machine: its two scripts, in the environment that the chart renders.
type job struct {
	*postgres
	secrets map[string]object // what Secrets Manager would answer, by ARN or name
	login   string
}

func newJob(t *testing.T) *job {
	t.Helper()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("no jq on this machine: the bootstrap's scripts are not run; install the package jq")
	}
	return &job{startPostgres(t), map[string]object{}, "password"}
}

// run runs both containers' scripts, one after the other as the pod does, and returns what they write.
func (j *job) run() (string, error) {
	j.t.Helper()
	v := values(j.t, environment(j.t, "dev"), standIn)
	set(v, j.login, "database", "login")
	set(v, "arn:aws:iam::111111111111:role/titan-dev-birthday-app", "serviceAccount", "roleArn") // which the chart wants for a login by IAM
	_, hooks := render(j.t, v)
	spec := at(one(j.t, hooks, "Job/database-bootstrap"), "spec", "template", "spec").(object)
	scripts := at(one(j.t, hooks, "ConfigMap/database-bootstrap"), "data").(object)

	dir := j.t.TempDir()
	for file, content := range scripts {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(content.(string)), 0o644); err != nil {
			j.t.Fatal(err)
		}
	}
	aws := j.fakeAWS(dir)
	credentials := j.t.TempDir()
	var output strings.Builder
	for _, part := range []string{"initContainers", "containers"} {
		container := spec[part].([]any)[0].(object)
		script := container["command"].([]any)[1].(string)
		command := exec.Command("/bin/sh", filepath.Join(dir, filepath.Base(script)))
		command.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // a pod has no terminal, which psql would ask for the password
		for _, e := range container["env"].([]any) {
			command.Env = append(command.Env, at(e, "name").(string)+"="+at(e, "value").(string))
		}
		// What is elsewhere on this machine; the last of a name counts.
		command.Env = append(command.Env, "PATH="+aws+":"+j.bin+":"+os.Getenv("PATH"), "CREDENTIALS="+credentials, "SCRIPTS="+dir,
			"PGHOST=localhost", "PGHOSTADDR=127.0.0.1", "PGPORT="+j.port, "PGSSLROOTCERT="+j.authority)
		text, err := command.CombinedOutput()
		output.Write(text)
		if err != nil {
			return output.String(), fmt.Errorf("%s: %w\n%s", script, err, text)
		}
	}
	return output.String(), nil
}

func (j *job) must() {
	j.t.Helper()
	output, err := j.run()
	if err != nil {
		j.t.Fatal(err)
	}
	for _, secret := range j.secrets {
		if password, _ := secret["password"].(string); strings.Contains(output, password) {
			j.t.Errorf("the Job's log has the password: %s", output)
		}
	}
}

// fakeAWS is an `aws` that answers as Secrets Manager does, and takes the one call that the script makes.
func (j *job) fakeAWS(dir string) string {
	j.t.Helper()
	script := "#!/bin/sh\nset -eu\n[ \"$1 $2 $3 $5 $6 $7 $8\" = 'secretsmanager get-secret-value --secret-id --query SecretString --output text' ]\n" +
		"cat \"" + dir + "/secret-$(printf %s \"$4\" | tr -c 'A-Za-z0-9-' _)\"\n"
	bin := filepath.Join(dir, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		j.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bin, "aws"), []byte(script), 0o755); err != nil {
		j.t.Fatal(err)
	}
	for name, secret := range j.secrets {
		content, err := json.Marshal(secret)
		if err != nil {
			j.t.Fatal(err)
		}
		clean := strings.Map(func(r rune) rune {
			if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
				return r
			}
			return '_'
		}, name)
		if err := os.WriteFile(filepath.Join(dir, "secret-"+clean), append(content, '\n'), 0o600); err != nil {
			j.t.Fatal(err)
		}
	}
	return bin
}

// logIn is whether the application gets in, to make and read a table of its own.
func (j *job) logIn(password string) error {
	command := exec.Command(filepath.Join(j.bin, "psql"), "--no-psqlrc", "--no-password", "--set", "ON_ERROR_STOP=1",
		"--command", "CREATE TABLE IF NOT EXISTS birthdays (name text); SELECT * FROM birthdays")
	command.Env = []string{"PGHOST=localhost", "PGHOSTADDR=127.0.0.1", "PGPORT=" + j.port, "PGDATABASE=birthday", "PGUSER=birthday_app",
		"PGPASSWORD=" + password, "PGSSLMODE=verify-full", "PGSSLROOTCERT=" + j.authority}
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, output)
	}
	return nil
}

// logins are how the role can log in.
func (j *job) logins() string {
	j.t.Helper()
	return strings.TrimSpace(j.admin("birthday", `SELECT concat_ws(' and ',
		CASE WHEN rolpassword LIKE 'SCRAM-SHA-256$%' THEN 'password' WHEN rolpassword IS NOT NULL THEN 'weak password' END,
		CASE WHEN EXISTS (SELECT FROM pg_auth_members WHERE roleid = 'rds_iam'::regrole AND member = pg_authid.oid) THEN 'iam' END)
		FROM pg_authid WHERE rolname = 'birthday_app'`))
}

func TestBootstrapMakesTheRoleAndRenewsIt(t *testing.T) {
	j := newJob(t)
	const first, second = `f"i'r\s t$1`, `s$(e)c'o"n\d`
	j.secrets["arn:aws:secretsmanager:eu-west-1:111111111111:secret:rds!cluster-0a1b2c3d-AbCdEf"] = object{"username": "master", "password": masterPassword}
	credentials := object{"username": "birthday_app", "password": first}
	j.secrets["db-credentials-dev"] = credentials

	expect := func(what, want string) {
		t.Helper()
		if got := j.logins(); got != want {
			t.Errorf("%s: the role logs in by %q, want %q", what, got, want)
		}
	}
	for _, what := range []string{"first run", "run again"} {
		j.must()
		expect(what, "password")
		if err := j.logIn(first); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}

	credentials["password"] = second
	j.must()
	expect("renewed", "password")
	if err := j.logIn(second); err != nil {
		t.Errorf("with the renewed password: %v", err)
	}
	if j.logIn(first) == nil {
		t.Error("the old password is still good")
	}

	j.login = "iam"
	for _, what := range []string{"switched to IAM", "switched to IAM, again"} {
		j.must()
		expect(what, "iam")
		if j.logIn(second) == nil {
			t.Errorf("%s: the password is still good", what)
		}
	}

	j.login = "password"
	j.must()
	expect("switched back", "password")
	if err := j.logIn(second); err != nil {
		t.Errorf("switched back: %v", err)
	}

	log, err := os.ReadFile(j.log())
	if err != nil {
		t.Fatal(err)
	}
	for _, password := range []string{first, second} {
		if quoted := strings.ReplaceAll(password, "'", "''"); strings.Contains(string(log), password) || strings.Contains(string(log), quoted) {
			t.Errorf("the database's log, which has every statement, has the password %s", password)
		}
	}
	if !strings.Contains(string(log), "ALTER USER birthday_app PASSWORD 'SCRAM-SHA-256$") {
		t.Error("the database's log has no statement that sets the password, so its silence says nothing")
	}
}

func TestBootstrapRefusesWhatItCantTrust(t *testing.T) {
	j := newJob(t)
	j.secrets["arn:aws:secretsmanager:eu-west-1:111111111111:secret:rds!cluster-0a1b2c3d-AbCdEf"] = object{"username": "master", "password": masterPassword}
	j.secrets["db-credentials-dev"] = object{"username": "somebody", "password": "x"}
	want := "secret db-credentials-dev is for user 'somebody', but the application logs in as 'birthday_app'"
	if _, err := j.run(); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("another user's secret: %v, want %q", err, want)
	}

	j.secrets["db-credentials-dev"] = object{"username": "birthday_app"}
	if _, err := j.run(); err == nil {
		t.Error("a secret without a password was taken")
	}

	j.secrets["db-credentials-dev"] = object{"username": "birthday_app", "password": "x"}
	trusted := j.authority
	j.certificate() // another, which did not sign the server's
	j.authority = filepath.Join(j.dir, "server.crt")
	if _, err := j.run(); err == nil || !strings.Contains(err.Error(), "certificate verify failed") {
		t.Errorf("a server that %s did not sign: %v", trusted, err)
	}
	if got := strings.TrimSpace(j.admin("birthday", "SELECT count(*) FROM pg_roles WHERE rolname = 'birthday_app'")); got != "0" {
		t.Error("a refused run made the role")
	}
}
