package words

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var allowedCharacters = regexp.MustCompile(`(?:Allowed|Valid) characters(?: are|:) a-z, A-Z, 0-9, spaces, and (\S+)`)

// characters reads EC2's 'Allowed characters are a-z, A-Z, 0-9, spaces, and ...'.
func characters(text string) []phrase {
	found := allowedCharacters.FindStringSubmatch(text)
	if found == nil {
		return nil
	}
	// The list ends in a full stop, which is one of the characters too. It forgets '&' in places, which EC2 takes
	// everywhere.
	allowed := strings.TrimRight(found[1], ".") + ".& "
	return []phrase{ofText("characters", found[0], func(value string) bool {
		return !strings.ContainsFunc(value, func(r rune) bool {
			return !isAlphanumeric(r) && !strings.ContainsRune(allowed, r)
		})
	})}
}

func isAlphanumeric(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// leastLength is the smallest length that is meant for a whole value; a smaller one is about a part of it.
const leastLength = 16

var longest = []*regexp.Regexp{
	regexp.MustCompile(`[Uu]p to (\d+) characters`),
	regexp.MustCompile(`maximum of (\d+) (?:Unicode )?characters`),
	regexp.MustCompile(`(?:can't|cannot|can not) be longer than (\d+) characters`),
	regexp.MustCompile(`[Mm]aximum length(?: is| of) (\d+)`),
	regexp.MustCompile(`Maximum (\d+) ASCII characters`),
	regexp.MustCompile(`no more than (\d+) (?:letters|alphanumeric)`),
	regexp.MustCompile(`(?:can't|cannot) exceed (\d+) (?:characters|octets)`),
}

func lengths(text string) []phrase {
	var found []phrase
	for _, pattern := range longest {
		for _, match := range pattern.FindAllStringSubmatch(text, -1) {
			most, err := strconv.Atoi(match[1])
			if err != nil || most < leastLength {
				continue
			}
			found = append(found, ofText("length", match[0],
				func(value string) bool { return utf8.RuneCountInString(value) <= most }))
		}
	}
	return found
}

var (
	lettersAndLength = regexp.MustCompile(`(?:Must contain from|A name must contain from|Must be|must be) 1 to (\d+) ` +
		`(?:\([^)]*\) or 1 to \d+ \([^)]*\) )?(?:\([^)]*\) )?` +
		`(letters or numbers|letters, numbers, or hyphens|alphanumeric characters or hyphens)`)
	letterFirst = regexp.MustCompile(`[Ff]irst character must be a letter`)
	plainHyphen = regexp.MustCompile(`(?:Can't|[Cc]annot) end with a hyphen or contain two consecutive hyphens`)
)

// names reads the constraints that RDS and ElastiCache give to identifiers.
func names(text string) []phrase {
	match := lettersAndLength.FindStringSubmatch(text)
	if match == nil {
		return nil
	}
	most, err := strconv.Atoi(match[1])
	if err != nil {
		return nil
	}
	takesHyphens := match[2] != "letters or numbers"
	found := []phrase{ofText("name", match[0], func(value string) bool {
		return value != "" && len(value) <= most &&
			!strings.ContainsFunc(value, func(r rune) bool { return !isAlphanumeric(r) && (r != '-' || !takesHyphens) })
	})}
	if first := letterFirst.FindString(text); first != "" {
		found = append(found, ofText("name", first, func(value string) bool {
			return value != "" && isAlphanumeric(rune(value[0])) && value[0] > '9'
		}))
	}
	if hyphen := plainHyphen.FindString(text); hyphen != "" {
		found = append(found, ofText("name", hyphen, func(value string) bool {
			return !strings.HasSuffix(value, "-") && !strings.Contains(value, "--")
		}))
	}
	return found
}

var hyphenEdges = regexp.MustCompile(`must contain only alphanumeric characters or hyphens, ` +
	`and must not begin or end with a hyphen|must not begin or end with a hyphen, and must not begin with "internal-"`)

// edges reads what Elastic Load Balancing says of names.
func edges(text string) []phrase {
	match := hyphenEdges.FindString(text)
	if match == "" {
		return nil
	}
	return []phrase{ofText("name", match, func(value string) bool {
		return !strings.HasPrefix(value, "internal-") && !strings.HasPrefix(value, "-") && !strings.HasSuffix(value, "-") &&
			!strings.ContainsFunc(value, func(r rune) bool { return !isAlphanumeric(r) && r != '-' })
	})}
}

var (
	theRange = regexp.MustCompile(`[Tt]he (?:approximate amount of time, in seconds, )?range is (\d+)\s?[-–]\s?(\d+)`)
	fromTo   = regexp.MustCompile(`Must be a value from (\d+) to (\d+)|Valid Values: (\d+) ?- ?(\d+)`)
)

func ranges(text string) []phrase {
	var found []phrase
	// A documentation with two ranges has one a case, and which one holds is not said here.
	if matches := theRange.FindAllStringSubmatch(text, -1); len(matches) > 0 && allSame(matches) {
		found = append(found, within(matches[0][0], matches[0][1], matches[0][2]))
	}
	for _, match := range fromTo.FindAllStringSubmatch(text, -1) {
		found = append(found, within(match[0], match[1]+match[3], match[2]+match[4]))
	}
	return found
}

func allSame(matches [][]string) bool {
	for _, match := range matches {
		if match[1] != matches[0][1] || match[2] != matches[0][2] {
			return false
		}
	}
	return true
}

func within(text, low, high string) phrase {
	least, _ := strconv.ParseFloat(low, 64) // digits, by the pattern
	most, _ := strconv.ParseFloat(high, 64)
	return ofNumber("range", text, func(value float64) bool { return least <= value && value <= most })
}

var (
	oneOf = regexp.MustCompile(`Valid [Vv]alues(?: for this parameter)?(?: are)?: ?([\w.-]+(?: \| [\w.-]+)+)`)
	// several is a documentation of many values, of which the list is one's alone.
	several = regexp.MustCompile(`attribute|Amazon Web Services_`)
)

// values reads 'Valid Values: a | b'.
func values(text string) []phrase {
	matches := oneOf.FindAllStringSubmatch(text, -1)
	if len(matches) != 1 || several.MatchString(text) {
		return nil
	}
	allowed := map[string]bool{}
	for value := range strings.SplitSeq(matches[0][1], " | ") {
		allowed[value] = true
	}
	return []phrase{{kind: "values", text: matches[0][0], judge: func(value any) verdict {
		return verdictOf(allowed[fmt.Sprint(value)])
	}}}
}
