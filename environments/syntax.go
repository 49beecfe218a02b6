package environments

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// yamlPlace is how the parser begins its messages: "yaml: line 3: ".
var yamlPlace = regexp.MustCompile(`^yaml: (line \d+: )?`)

// syntax reports what is not YAML. The parser gives no column, and for some mistakes the line of what encloses them.
func (d *document) syntax(content []byte, err error) {
	message := yamlPlace.ReplaceAllString(err.Error(), "")
	d.add(placeOf(content, mistakeIn(content)),
		"is not YAML: %s; check quotes, brackets, colons and the indentation (spaces, no tabs)", message)
}

// placeOf is the line and column of a byte of a content.
func placeOf(content []byte, offset int) position {
	before := content[:offset]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return position{1 + bytes.Count(before, []byte("\n")), 1 + utf8.RuneCount(line)}
}

// searchBytes is how much is parsed to find a mistake's place, in bytes: hundreds of times what a
// file of this project has.
const searchBytes = 512 << 10

// mistakeIn is the offset of the character that a content that is not YAML fails by: what stands before it is YAML, and
// with it the file is not, whatever follows. Where that would take too long, it is where the parser stopped.
func mistakeIn(content []byte) int {
	stopped, left := parsedBytes(content), searchBytes
	isYAML := func(end int) bool {
		left -= end
		return yaml.Unmarshal(content[:end], &yaml.Node{}) == nil
	}
	line := stopped
	for line > 0 && left > 0 {
		line = bytes.LastIndexByte(content[:max(0, line-1)], '\n') + 1
		if isYAML(line) {
			break
		}
	}
	next := stopped
	if i := bytes.IndexByte(content[line:], '\n'); i >= 0 {
		next = min(stopped, line+i)
	}
	ends := []int{line}
	for i := range string(content[line:next]) {
		ends = append(ends, line+i)
	}
	for _, end := range slices.Backward(append(ends, next)) {
		if left <= 0 {
			break
		}
		if isYAML(end) {
			return end
		}
	}
	return stopped
}

// parsedBytes is how far the parser read before it gave up.
func parsedBytes(content []byte) int {
	reader := &byteReader{content: content}
	_ = yaml.NewDecoder(reader).Decode(&yaml.Node{}) // which fails, as it has before
	return reader.read
}

// byteReader gives one byte at a time, so that what has been read is what was looked at.
type byteReader struct {
	content []byte
	read    int
}

func (r *byteReader) Read(p []byte) (int, error) {
	if r.read == len(r.content) {
		return 0, io.EOF
	}
	r.read++
	return copy(p[:1], r.content[r.read-1:]), nil
}
