package edit

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// decoded is a text's value as yaml.v3 alone reads it.
func decoded(t *testing.T, text string) any {
	t.Helper()
	var value any
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return value
}

// places are the paths of all values in a value.
func places(path string, value any) map[string]any {
	all := map[string]any{path: value}
	switch value := value.(type) {
	case []any:
		for i, item := range value {
			maps.Copy(all, places(strings.TrimPrefix(path+"."+strconv.Itoa(i), "."), item))
		}
	case map[string]any:
		for key, item := range value {
			maps.Copy(all, places(strings.TrimPrefix(path+"."+key, "."), item))
		}
	}
	return all
}

// put changes a decoded value at a path, which may be missing, and is the changed one.
func put(value any, path []string, change func(old any) any) any {
	if len(path) == 0 {
		return change(value)
	}
	if list, ok := value.([]any); ok {
		i, _ := strconv.Atoi(path[0])
		list[i] = put(list[i], path[1:], change)
		return list
	}
	mapping, ok := value.(map[string]any)
	if !ok {
		mapping = map[string]any{}
	}
	mapping[path[0]] = put(mapping[path[0]], path[1:], change)
	return mapping
}

// drop takes what is at a path out of a decoded value.
func drop(value any, path []string) any {
	last := len(path) - 1
	return put(value, path[:last], func(old any) any {
		if list, ok := old.([]any); ok {
			i, _ := strconv.Atoi(path[last])
			return slices.Delete(list, i, i+1)
		}
		delete(old.(map[string]any), path[last])
		return old
	})
}

var values = []any{
	true, 7, -1, "word", "no", "20260203", "", "a: b", "x, y", "two\nlines", " #", "]", "ü", arn, "- a", "'", `"\`,
}

var numbered = regexp.MustCompile(`# c\d+: 'x' \{`)

// trial is a random change of a random file, and what must come of it.
type trial struct {
	name   string
	change change
	want   func(old any) any
	lines  int // how many of the old lines may differ; 0 for a removal
}

func randomTrial(r *rand.Rand, all map[string]any) trial {
	paths := slices.Sorted(maps.Keys(all))
	path := paths[r.IntN(len(paths))]
	value := values[r.IntN(len(values))]
	if r.IntN(3) == 0 && path != "" {
		return trial{"remove " + path, removed(path), func(old any) any { return drop(old, strings.Split(path, ".")) }, 0}
	}
	switch old := all[path].(type) {
	case []any:
		item := fmt.Sprint(value)
		return trial{"append to " + path, appendItem(path, item), func(whole any) any {
			if slices.Contains(old, any(item)) {
				return whole
			}
			return put(whole, strings.Split(path, "."), func(list any) any { return append(list.([]any), item) })
		}, 1}
	case map[string]any:
		path = strings.TrimPrefix(path+"."+[]string{"new", "new.below", "on"}[r.IntN(3)], ".")
	case nil:
		if r.IntN(2) == 0 {
			path += ".new"
		}
	}
	return trial{fmt.Sprintf("set %s to %q", path, value), set(path, value), func(whole any) any {
		return put(whole, strings.Split(path, "."), func(any) any { return value })
	}, 1}
}

// expected are the refusals that a removal may meet. The last is of a comment that would come to stand under a text
// block.
var expected = regexp.MustCompile(
	`begins on the line of a list's dash|is the only setting of the file|another setting would change with it`)

func TestAnyChangeOfAnyFileChangesThatAlone(t *testing.T) {
	done := map[string]int{}
	for seed := range uint64(6_000) {
		text, comments := generate(seed)
		parsed, err := parse("prod.yaml", text)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		f := &File{path: "prod.yaml", saved: text, now: parsed}
		this := randomTrial(rand.New(rand.NewPCG(seed, 1)), places("", decoded(t, text)))
		err = this.change(f)
		if err != nil && this.lines == 0 && expected.MatchString(err.Error()) {
			done["refused"]++
			continue
		}
		if err != nil && strings.HasSuffix(strings.TrimRight(text, "\n"), "more") && !strings.HasSuffix(text, "\n") {
			continue // a line break at the end would become part of the last value
		}
		if err != nil {
			t.Fatalf("seed %d, %s: %v\n%s", seed, this.name, err, text)
		}
		done[strings.Fields(this.name)[0]]++
		after := f.now.text
		if got, want := decoded(t, after), this.want(decoded(t, text)); !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d, %s:\n%s\nbecomes\n%s\nwhich is %v, want %v", seed, this.name, text, after, got, want)
		}
		if got := numbered.FindAllString(after, -1); this.lines > 0 && len(got) != comments {
			t.Fatalf("seed %d, %s:\n%s\nbecomes\n%s\nwith %d comments of %d", seed, this.name, text, after, len(got), comments)
		}
		checkLines(t, seed, this, text, after)
	}
	if done["set"] < 3000 || done["append"] < 400 || done["remove"] < 1200 || done["refused"] > 300 {
		t.Errorf("the trials are %v", done)
	}
}

// checkLines holds a change to the lines of its own: all others are there, byte for byte and in order.
func checkLines(t *testing.T, seed uint64, this trial, before, after string) {
	t.Helper()
	old, new := between(before, after)
	scalarOnLines := strings.Contains(before, "on lines") || strings.Contains(before, "text")
	if this.lines > 0 && (len(new) > 3 || len(old) > this.lines && !scalarOnLines) {
		t.Fatalf("seed %d, %s:\n%s\nbecomes\n%s\nand changes %q to %q", seed, this.name, before, after, old, new)
	}
	if this.lines > 0 {
		return
	}
	strange := 0
	for _, line := range new {
		i := slices.Index(old, line)
		if i < 0 {
			strange++
			continue
		}
		old = old[i+1:]
	}
	if strange > 1 {
		t.Fatalf("seed %d, %s:\n%s\nbecomes\n%s\nwith %d new lines", seed, this.name, before, after, strange)
	}
}

// FuzzSet holds Set to its promise for texts of any kind: an error and no change, or that change alone.
func FuzzSet(f *testing.F) {
	for seed := range uint64(200) {
		text, _ := generate(seed)
		f.Add(text, "k1", "x")
		f.Add(text, "k1.k2", "a: b")
	}
	f.Fuzz(func(t *testing.T, text, path, value string) {
		parsed, err := parse("prod.yaml", text)
		if err != nil {
			return
		}
		file := &File{path: "prod.yaml", saved: text, now: parsed}
		if err := file.Set(path, value); err != nil {
			if file.now.text != text {
				t.Errorf("an error and a change: %v", err)
			}
			return
		}
		before := decoded(t, text)
		for _, value := range places("", before) {
			if _, other := value.(map[any]any); other {
				return // keys that are not strings, for which want is not written
			}
		}
		steps := strings.Split(path, ".")
		want := put(before, steps, func(any) any { return value })
		if got := decoded(t, file.now.text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q becomes %q, which is %v, want %v", text, file.now.text, got, want)
		}
	})
}
