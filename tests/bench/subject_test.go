package main

import (
	"bytes"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		seconds []int
		want    time.Duration
	}{
		{[]int{4}, 4 * time.Second},
		{[]int{9, 1, 2}, 2 * time.Second},
		{[]int{9, 1, 2, 3}, 2500 * time.Millisecond},
	} {
		one := &subject{}
		for _, s := range test.seconds {
			one.runs = append(one.runs, measured{took: time.Duration(s) * time.Second})
		}
		if got := one.median(); got != test.want {
			t.Errorf("the median of %v s is %v, want %v", test.seconds, got, test.want)
		}
	}
}

func TestRatioIsOfTheFastest(t *testing.T) {
	a := &subject{runs: []measured{{took: 9}, {took: 2, cpu: 7}, {took: 3, cpu: 5}}}
	b := &subject{runs: []measured{{took: 8}, {took: 4}}}
	if got := ratio(a, b); got != 0.5 {
		t.Errorf("got %v, want 2/4", got)
	}
	if a.runs[0].cpu = 6; a.cpu() != 5 {
		t.Errorf("the least CPU is %v, want 5", a.cpu())
	}
}

func TestRunSaysWhatFailed(t *testing.T) {
	failing := &subject{name: "failing", command: []string{"node", "-e", `console.error("why"); process.exit(1)`}, out: t.TempDir()}
	if err := failing.run(t.Context()); err == nil || !strings.Contains(err.Error(), "why") {
		t.Errorf("got %v, want the program's own words", err)
	}
	if len(failing.runs) != 0 {
		t.Error("a failed run was measured")
	}
}

func TestMemoryIsOfTheLargestNode(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells")
	}
	const spawn = `require("child_process").spawnSync(process.execPath, ["-e", "Buffer.alloc(200 << 20, 1); setTimeout(() => {}, 200)"])`
	command := exec.Command("node", "-e", spawn)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	peak := watchMemory(command.Process.Pid)
	if err := command.Wait(); err != nil {
		t.Fatal(err)
	}
	if got := peak() >> 20; got < 200 || got > 400 {
		t.Errorf("got %d MiB, want the child's 200 and Node's own", got)
	}
}

func TestTable(t *testing.T) {
	var text bytes.Buffer
	if err := table(&text, []*subject{{name: "one", runs: []measured{{1500 * time.Millisecond, 2 * time.Second, 0}}}}); err != nil {
		t.Fatal(err)
	}
	if fields := strings.Join(strings.Fields(text.String()), " "); !strings.HasSuffix(fields, "one 1.50 s 1.50 s 1.50 s 2.00 s unknown") {
		t.Errorf("got %q", fields)
	}
}
