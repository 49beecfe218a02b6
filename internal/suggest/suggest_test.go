package suggest

import "testing"

func TestNearest(t *testing.T) {
	allowed := []string{"dev", "prod", "prod.global", "staging"}
	for word, want := range map[string]string{
		"prdo": "prod", "stagin": "staging", "prod.globl": "prod.global", "prod.g": "prod.global", "xyzzy": "", "": "",
	} {
		if got := Nearest(word, allowed); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
