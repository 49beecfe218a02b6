package review

import (
	"errors"

	"github.com/titan-platform/titan/internal/iampolicy/compare"
)

// ByMeaning is a PolicyComparison by what documents allow. What can't be compared counts as newly allowed. Its errors
// quote nothing of a document: it may hold what a plan calls sensitive.
func ByMeaning(before, after []byte) ([]string, error) {
	result, err := compare.Policies(before, after)
	if err != nil {
		return nil, errors.New("a policy can't be read: it is no JSON, or no policy document")
	}
	var newly []string
	for _, grant := range result.Added {
		newly = append(newly, grant.String())
	}
	return newly, nil
}
