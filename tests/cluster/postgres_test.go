//go:build cluster

package cluster

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// postgres is a PostgreSQL server of this machine, set up as Aurora is: a master user who is no superuser but may make roles and owns the
// database, the role rds_iam, whose members log in by other means than a password, and TLS or nothing.
type postgres struct {
	t              *testing.T
	bin, dir, port string
	authority      string // path of the certificate authority
}

const masterPassword = `m"a'st\er $x`

func startPostgres(t *testing.T) *postgres {
	t.Helper()
	p := &postgres{t: t, bin: postgresPrograms(t), dir: t.TempDir()}
	p.authority = p.file("server.crt", "")
	p.certificate()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.port = strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	p.own()

	data := filepath.Join(p.dir, "data")
	p.run("initdb", "--pgdata", data, "--username", "rdsadmin", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
	if err := os.WriteFile(filepath.Join(data, "pg_hba.conf"), []byte(
		"local all rdsadmin trust\nhostssl all master 127.0.0.1/32 scram-sha-256\n"+
			"hostssl all +rds_iam 127.0.0.1/32 reject\nhostssl all all 127.0.0.1/32 scram-sha-256\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	server := p.command("postgres", "-D", data, "-p", p.port, "-h", "127.0.0.1", "-k", p.dir, "-c", "ssl=on", "-c", "fsync=off",
		"-c", "ssl_cert_file="+p.authority, "-c", "ssl_key_file="+filepath.Join(p.dir, "server.key"),
		"-c", "log_statement=all", "-c", "logging_collector=off")
	log, err := os.Create(p.log())
	if err != nil {
		t.Fatal(err)
	}
	server.Stdout, server.Stderr = log, log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGINT) // fast shutdown; it may have ended
		_ = server.Wait()
		_ = log.Close()
	})
	for tries := 0; p.command("pg_isready", "--quiet", "--host", p.dir, "--port", p.port).Run() != nil; tries++ {
		if tries == 100 {
			log, _ := os.ReadFile(p.log()) // an empty one says as much
			t.Fatalf("PostgreSQL does not start: %s", log)
		}
		time.Sleep(100 * time.Millisecond)
	}
	p.admin("postgres", "CREATE ROLE rds_iam")
	p.admin("postgres", "CREATE ROLE master LOGIN CREATEROLE CREATEDB")
	p.admin("postgres", "GRANT rds_iam TO master WITH ADMIN OPTION")
	p.admin("postgres", "CREATE DATABASE birthday OWNER master")
	p.admin("postgres", "ALTER ROLE master PASSWORD '"+`m"a''st\er $x`+"'")
	return p
}

// postgresPrograms is the folder of PostgreSQL's programs. No package registry has a server for every platform, so the test needs one that
// is installed, as it is on GitHub's runners.
func postgresPrograms(t *testing.T) string {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // Debian's and Ubuntu's; the pattern is right
	if path, err := exec.LookPath("postgres"); err == nil {
		found = append(found, filepath.Dir(path)) // the first choice
	}
	for _, dir := range slices.Backward(found) {
		if _, err := os.Stat(filepath.Join(dir, "psql")); err == nil {
			return dir
		}
	}
	t.Skip("no PostgreSQL server on this machine: the bootstrap's SQL is not run; install the package postgresql")
	return ""
}

func (p *postgres) log() string { return filepath.Join(p.dir, "log") }

func (p *postgres) file(name, content string) string {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// unprivileged is the user of the server where root runs the tests: PostgreSQL refuses to be root's.
const unprivileged = 65534

func (p *postgres) own() {
	if os.Geteuid() != 0 {
		return
	}
	for _, path := range []string{filepath.Dir(p.dir), p.dir, filepath.Join(p.dir, "server.crt"), filepath.Join(p.dir, "server.key")} {
		if err := os.Chown(path, unprivileged, unprivileged); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *postgres) command(program string, arguments ...string) *exec.Cmd {
	command := exec.Command(filepath.Join(p.bin, program), arguments...)
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	command.Dir = p.dir
	if os.Geteuid() == 0 {
		command.SysProcAttr.Credential = &syscall.Credential{Uid: unprivileged, Gid: unprivileged}
	}
	return command
}

func (p *postgres) run(program string, arguments ...string) string {
	p.t.Helper()
	output, err := p.command(program, arguments...).CombinedOutput()
	if err != nil {
		p.t.Fatalf("%s: %v\n%s", program, err, output)
	}
	return string(output)
}

// admin runs a statement as the superuser, whom Aurora keeps to itself.
func (p *postgres) admin(database, statement string) string {
	p.t.Helper()
	return p.run("psql", "--host", p.dir, "--port", p.port, "--username", "rdsadmin", "--dbname", database, "--no-psqlrc", "--tuples-only",
		"--no-align", "--set", "ON_ERROR_STOP=1", "--command", statement)
}

// certificate makes the server's certificate, for localhost, signed by itself.
func (p *postgres) certificate() {
	p.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		p.t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		p.t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		p.t.Fatal(err)
	}
	p.file("server.crt", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})))
	p.file("server.key", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})))
}
