package limits

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

const (
	minutesOfDay  = 24 * 60
	minutesOfWeek = 7 * minutesOfDay
)

var weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// window is a daily or weekly window, in minutes.
type window struct{ start, length int }

// windowOf reads hh:mm-hh:mm or ddd:hh:mm-ddd:hh:mm, which goes round after a day or a week.
func windowOf(text string, round int) (window, error) {
	var ends []int
	for end := range strings.SplitSeq(text, "-") {
		parts := strings.Split(strings.ToLower(end), ":")
		weekday := 0
		if len(parts) == 3 {
			weekday = slices.Index(weekdays, parts[0])
			parts = parts[1:]
		}
		if len(parts) != 2 || weekday < 0 {
			return window{}, fmt.Errorf("%q is no window of hh:mm-hh:mm or ddd:hh:mm-ddd:hh:mm", text)
		}
		hours, hoursErr := strconv.Atoi(parts[0])
		minutes, minutesErr := strconv.Atoi(parts[1])
		if hoursErr != nil || minutesErr != nil || hours > 23 || minutes > 59 {
			return window{}, fmt.Errorf("%q has an hour of no day", text)
		}
		ends = append(ends, weekday*minutesOfDay+hours*60+minutes)
	}
	if len(ends) != 2 {
		return window{}, fmt.Errorf("%q has no beginning and end", text)
	}
	return window{ends[0], (ends[1] - ends[0] + round) % round}, nil
}

// overlaps is whether a daily window falls into a weekly one on any day.
func (w window) overlaps(weekly window) bool {
	for day := -1; day <= 7; day++ {
		start := day*minutesOfDay + w.start
		if start < weekly.start+weekly.length && weekly.start < start+w.length {
			return true
		}
	}
	return false
}

// checkWindows holds a daily window of backups and a weekly one of maintenance to their least lengths; they may not
// overlap.
func checkWindows(member, daily, weekly string, leastDaily, leastWeekly int, report *Report) {
	if daily == "" || weekly == "" {
		return
	}
	everyDay, err := windowOf(daily, minutesOfDay)
	if err != nil {
		report.Breaks(member, daily, err.Error())
		return
	}
	everyWeek, err := windowOf(weekly, minutesOfWeek)
	if err != nil {
		report.Breaks(member, weekly, err.Error())
		return
	}
	if everyDay.length < leastDaily || everyWeek.length < leastWeekly {
		report.Breaks(member, daily+" and "+weekly,
			fmt.Sprintf("at least %d minutes a day and %d a week", leastDaily, leastWeekly))
	}
	if everyDay.overlaps(everyWeek) {
		report.Breaks(member, daily+" and "+weekly, "a daily window outside the weekly one")
	}
}
