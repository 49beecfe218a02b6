package review

import (
	"strconv"
	"strings"
)

// schedules finds backups that are made less often. A schedule that can't be read counts as one.
func (r *reviewer) schedules(c *change) {
	if c.kind != "aws_backup_plan" || c.action != Update && c.action != Replace {
		return
	}
	for _, p := range pairs(c.before, c.after, parse("rule[rule_name].schedule"), "") {
		if p.before.text() == "" || isEmpty(p.after.value) && !p.after.isUnknown() || p.before.text() == p.after.text() {
			continue // a rule that is gone is found by a rule of its own
		}
		before, known := perYear(p.before.text())
		after, alsoKnown := perYear(p.after.text())
		if known && alsoKnown && after >= before {
			continue
		}
		r.find(c, Finding{Verdict: DataLoss, Rule: "schedule", Detail: r.difference(c, p), Remedy: remedyKeep,
			Summary: p.path + " is less frequent: more is lost between two backups"})
	}
}

// perYear is about how often a schedule of AWS's runs in a year. Source: AWS Backup Developer Guide and Amazon
// EventBridge Scheduler User Guide, 'Cron-based schedules': minutes, hours, day of month, month, day of week, year.
func perYear(schedule string) (runs float64, known bool) {
	text, isCron := strings.CutPrefix(schedule, "cron(")
	fields := strings.Fields(strings.TrimSuffix(text, ")"))
	if !isCron || len(fields) != 6 || fields[5] != "*" {
		return 0, false
	}
	counts := make([]float64, 5)
	for i, of := range []float64{60, 24, 31, 12, 7} {
		count, ok := times(fields[i], of)
		if !ok {
			return 0, false
		}
		counts[i] = count
	}
	days := 365.0 * counts[3] / 12
	switch {
	case fields[2] != "*" && fields[2] != "?":
		days = counts[2] * counts[3]
	case fields[4] != "*" && fields[4] != "?":
		days = days * counts[4] / 7
	}
	return counts[0] * counts[1] * days, true
}

// times is how many values of a range a field of a schedule takes.
func times(field string, of float64) (count float64, known bool) {
	if field == "*" || field == "?" {
		return of, true
	}
	for part := range strings.SplitSeq(field, ",") {
		if base, step, found := strings.Cut(part, "/"); found {
			n, err := strconv.Atoi(step)
			if err != nil || n <= 0 || base != "*" && base != "0" {
				return 0, false
			}
			count += of / float64(n)
			continue
		}
		from, to, isRange := strings.Cut(part, "-")
		first, err := day(from)
		if err != nil {
			return 0, false
		}
		if !isRange {
			count++
			continue
		}
		last, err := day(to)
		if err != nil || last < first {
			return 0, false
		}
		count += float64(last - first + 1)
	}
	return count, true
}

// day is a number, or a day of the week by its name.
func day(text string) (int, error) {
	if i := strings.Index("SUNMONTUEWEDTHUFRISAT", strings.ToUpper(text)); len(text) == 3 && i >= 0 && i%3 == 0 {
		return i/3 + 1, nil
	}
	return strconv.Atoi(text)
}
