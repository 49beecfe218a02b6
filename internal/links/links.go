// Package links finds the links between Markdown files that lead nowhere: to a file that is not there, or to a heading
// that its page does not have.
package links

import (
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/suggest"
)

// Broken are the relative links and anchors of the Markdown files among files that lead nowhere, a line each that names
// page, destination and remedy. Files are paths below root with slashes; a link may lead to one of them, or to a folder
// of theirs. Links to other sites are not followed.
func Broken(root fs.FS, files []string) ([]string, error) {
	pages := map[string]page{}
	for _, file := range files {
		if path.Ext(file) != ".md" {
			continue
		}
		text, err := fs.ReadFile(root, file)
		if err != nil {
			return nil, fmt.Errorf("reading a page: %w", err)
		}
		pages[file] = parse(text)
	}
	there := withFolders(files)
	var broken []string
	for _, file := range slices.Sorted(maps.Keys(pages)) {
		for _, destination := range pages[file].destinations {
			if wrong := judge(file, destination, there, pages); wrong != "" {
				broken = append(broken, fmt.Sprintf("%s links to %q: %s", file, destination, wrong))
			}
		}
	}
	return broken, nil
}

// withFolders is the set of files and of all folders that hold one.
func withFolders(files []string) map[string]bool {
	there := map[string]bool{}
	for _, file := range files {
		for ; !there[file]; file = path.Dir(file) { // ends at ".", which is its own folder
			there[file] = true
		}
	}
	return there
}

// judge says what is wrong with a page's link; empty is nothing.
func judge(file, destination string, there map[string]bool, pages map[string]page) string {
	link, err := url.Parse(destination)
	if err != nil {
		return "it is no link: " + err.Error()
	}
	if link.IsAbs() || link.Host != "" {
		return ""
	}
	if strings.HasPrefix(link.Path, "/") {
		return "it begins with a slash; write it from the page's own folder"
	}
	target := file
	if link.Path != "" {
		target = path.Join(path.Dir(file), link.Path)
	}
	if !there[target] {
		return fmt.Sprintf("%s is not there%s", target, perhaps(target, slices.Collect(maps.Keys(there))))
	}
	linked, isPage := pages[target]
	if link.Fragment == "" || !isPage || slices.Contains(linked.anchors, link.Fragment) {
		return ""
	}
	return fmt.Sprintf("%s has no such heading%s", target, perhaps(link.Fragment, linked.anchors))
}

func perhaps(word string, allowed []string) string {
	slices.Sort(allowed)
	if near := suggest.Nearest(word, allowed); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}
