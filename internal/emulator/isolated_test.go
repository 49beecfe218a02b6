package emulator

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/google/go-cmp/cmp"
)

// callAWS is what the test's program does as a caller: a call of an AWS SDK, and one of the kind that S3 Control makes,
// whose host is an account's number before the endpoint.
func callAWS() {
	ctx := context.Background()
	account := "http://000000000000." + strings.TrimPrefix(os.Getenv(callerVariable), "http://")
	if response, err := http.Get(account); err == nil {
		_ = response.Body.Close() // nothing is read
	}
	loaded, err := config.LoadDefaultConfig(ctx, config.WithRegion("eu-west-1"), config.WithRetryMaxAttempts(1))
	if err == nil {
		_, err = sts.NewFromConfig(loaded).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	}
	fmt.Println(err) // the calls that were made are what is looked at
}

// seen is what came of a program: the calls that an emulator got, and whatever else was asked or run.
type seen struct {
	mutex sync.Mutex
	all   []string
}

func (s *seen) add(format string, args ...any) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.all = append(s.all, fmt.Sprintf(format, args...))
}

// watched is a proxy before a stand-in of the emulator, and another host, which are both watched.
func watched(t *testing.T) (s *seen, proxy *Proxy, other *httptest.Server) {
	t.Helper()
	s = &seen{}
	proxy = behind(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // a test's own
		switch {
		case strings.Contains(string(body), "GetCallerIdentity"):
			_, _ = fmt.Fprint(w, `<R><GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:root</Arn><UserId>u</UserId>`+
				`<Account>000000000000</Account></GetCallerIdentityResult></R>`)
		case r.URL.Query().Has("list-type"):
			_, _ = fmt.Fprint(w, `<ListBucketResult></ListBucketResult>`)
		default:
			w.WriteHeader(http.StatusNotFound)
			_, _ = fmt.Fprint(w, `<Error><Code>NoSuchKey</Code></Error>`)
		}
	})
	proxy.Watch(func(r *Request) {
		key, _, _ := strings.Cut(strings.TrimPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential="), "/")
		s.add("emulator: %s by %s%s", r.Action, key, r.Header.Get("X-Amz-Security-Token"))
	})
	other = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.add("elsewhere: %s %s", r.Method, r.Host)
		w.WriteHeader(http.StatusForbidden) // which nobody tries again
	}))
	t.Cleanup(other.Close)
	return s, proxy, other
}

// set makes a way this process's environment, and returns it.
func (w way) set(t *testing.T, other string) (variables []string, marked func() bool) {
	t.Helper()
	dir := t.TempDir()
	made := filepath.Join(dir, "made")
	replaced := strings.NewReplacer(elsewhere, other, inHome, dir+"/", marker, made)
	for name, content := range w.home {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(replaced.Replace(content)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("HOME", dir)
	for name, value := range w.variables {
		t.Setenv(name, replaced.Replace(value))
		variables = append(variables, name+"="+replaced.Replace(value))
	}
	return variables, func() bool { _, err := os.Stat(made); return err == nil }
}

// plainly is an environment that reaches an emulator where nothing is in the way. HTTPS calls go elsewhere.
func plainly(proxy *Proxy, other *httptest.Server) []string {
	return []string{
		"AWS_ENDPOINT_URL=" + proxy.URL(), "AWS_ACCESS_KEY_ID=test", "AWS_SECRET_ACCESS_KEY=test",
		"HTTP_PROXY=" + proxy.URL(), "HTTPS_PROXY=" + other.URL, "HOME=" + os.Getenv("HOME"),
	}
}

// call has the caller call in an environment, and returns what was seen.
func (s *seen) call(t *testing.T, proxy *Proxy, env []string, marked func() bool) []string {
	t.Helper()
	s.all = nil
	caller := exec.CommandContext(t.Context(), os.Args[0])
	caller.Env = append(env, callerVariable+"="+proxy.URL())
	if output, err := caller.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	if marked() {
		s.add("ran: a program of the user's")
	}
	return slices.Clone(s.all)
}

// all is what is seen of a caller of which everything reaches the emulator.
var all = []string{"emulator: GET / by ", "emulator: GetCallerIdentity by test"}

func TestNoWayLeadsFromTheEmulator(t *testing.T) {
	for name, way := range ways() {
		t.Run(name, func(t *testing.T) {
			s, proxy, other := watched(t)
			variables, marked := way.set(t, other.URL)
			if diff := cmp.Diff(all, s.call(t, proxy, Isolated(proxy.URL()), marked)); diff != "" {
				t.Error(diff)
			}
			got := s.call(t, proxy, append(plainly(proxy, other), variables...), marked)
			if slices.Equal(got, all) != way.harmless {
				t.Errorf("where nothing is done about it, what is seen is %q; that is harmless: %v", got, way.harmless)
			}
		})
	}
	t.Run("nothing in the way", func(t *testing.T) {
		s, proxy, other := watched(t)
		if diff := cmp.Diff(all, s.call(t, proxy, plainly(proxy, other), func() bool { return false })); diff != "" {
			t.Error(diff)
		}
	})
}

// What an allow list does not have is not there, whatever it is called.
func TestTheEnvironmentIsAnAllowList(t *testing.T) {
	for _, name := range []string{
		"AWS_VARIABLE_OF_TOMORROW", "TF_CLI_ARGS", "TF_CLI_ARGS_plan", "TF_VAR_a", "TF_DATA_DIR", "TF_WORKSPACE",
		"TF_PLUGIN_CACHE_DIR", "TF_REATTACH_PROVIDERS", "TF_TOKEN_app_terraform_io", "TF_LOG", "CDKTF_LOG_LEVEL", "CDKTF_HOME",
		"TERRAFORM_BINARY_NAME", "ALL_PROXY", "all_proxy", "https_proxy", "SSLKEYLOGFILE", "NODE_OPTIONS", "PYTHONPATH",
		"DOCKER_HOST", "KUBECONFIG", "MINISTACK_HOST", "_TITAN_BEFORE_EMULATOR",
	} {
		t.Setenv(name, "hostile")
	}
	t.Setenv("TITAN_ENVIRONMENTS_DIR", "kept")
	env := Isolated("http://127.0.0.1:1")
	for _, entry := range slices.Concat(env, caller()) {
		if strings.HasSuffix(entry, "=hostile") {
			t.Errorf("%s is passed on", entry)
		}
	}
	for _, want := range []string{"TITAN_ENVIRONMENTS_DIR=kept", "PATH=" + os.Getenv("PATH"), "HTTPS_PROXY=http://127.0.0.1:1"} {
		if !slices.Contains(env, want) {
			t.Errorf("%s is not there", want)
		}
	}
}
