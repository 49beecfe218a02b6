package edit

import "strings"

// comma goes over a comma and is where it stands, -1 where there is none.
func (r *reader) comma() int {
	r.skip()
	if !strings.HasPrefix(r.text[r.at:], ",") {
		return -1
	}
	r.at++
	return r.at - 1
}

// skip goes over spaces, line breaks and comments.
func (r *reader) skip() {
	for r.err == nil && r.at < len(r.text) {
		switch r.text[r.at] {
		case ' ', '\n', '\r':
			r.at++
		case '#':
			r.comment()
		case '\t':
			r.fail("a tab stands between values; use spaces")
		default:
			return
		}
	}
}

func (r *reader) comment() {
	if r.at > 0 && !strings.ContainsRune(" \n", rune(r.text[r.at-1])) {
		r.fail("a comment begins without a space before its #; put one there")
		return
	}
	end := r.lineEnd(r.at)
	r.comments = append(r.comments, span{r.at, end})
	r.at = end
}

func (r *reader) expect(c byte) {
	if r.err != nil {
		return
	}
	if r.at == len(r.text) || r.text[r.at] != c {
		r.unknown()
		return
	}
	r.at++
}

// unknown stops at a form that this package does not edit, for instance a complex key (?) or a directive (%).
func (r *reader) unknown() {
	rest := r.text[r.at:r.lineEnd(r.at)]
	r.fail("%.20q stands here, a form of YAML that is not edited; write the setting as `key: value`", rest)
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = r.refuse(r.at, format, args...)
	}
}
