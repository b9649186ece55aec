package archtest

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// stage is a capability and its place in the way of a parcel.
type stage struct {
	number int
	name   string
}

// stages is the order in which a parcel meets the capabilities. A package may import those before it.
var stages = []stage{
	{5, "access"}, {10, "catalog"}, {12, "warehouse"}, {20, "order"}, {30, "intake"}, {40, "review"},
	{50, "inventory"}, {60, "allocation"}, {65, "supply"}, {70, "wave"}, {80, "pick"}, {90, "pack"},
	{100, "ship"}, {105, "printing"}, {110, "track"}, {115, "report"}, {120, "aftersales"}, {125, "casework"}, {130, "notify"},
	{200, "flow"}, {205, "check"}, {207, "search"}, {208, "archive"}, {210, "insight"}, {220, "lab"},
}

// outside are the folders at the root that hold packages but are no capability.
var outside = []string{"api", "cmd", "connect", "internal", "seed", "test", "web"}

// pure are the decision libraries: values in, values out.
var pure = []string{"allocation/assign", "pack/carton", "pack/container", "pick/route", "wave/batching", "ship/label", "wave/shape"}

func stageOf(path string) (int, bool) {
	top, _, _ := strings.Cut(path, "/")
	i := slices.IndexFunc(stages, func(s stage) bool { return s.name == top })
	if i < 0 {
		return 0, false
	}
	return stages[i].number, true
}

func TestEveryFolderAtTheRootIsAStageOrKnown(t *testing.T) {
	var paths []string
	for _, u := range units(t) {
		paths = append(paths, u.path)
	}
	report(t, folderFindings(paths))
	mustFind(t, folderFindings([]string{"order", "refunds"}), "refunds: no stage number")
	mustFind(t, folderFindings([]string{"order/utils"}), "says nothing")
}

// empty are names that say nothing of what is inside.
var empty = []string{"util", "utils", "helper", "helpers", "common", "models", "misc", "shared", "base", "types"}

func folderFindings(paths []string) (out []string) {
	for _, p := range paths {
		top, _, _ := strings.Cut(p, "/")
		if _, ok := stageOf(p); !ok && !slices.Contains(outside, top) {
			out = append(out, fmt.Sprintf("%s: no stage number and none of %v", p, outside))
		}
		for _, part := range strings.Split(p, "/") {
			if slices.Contains(empty, part) {
				out = append(out, fmt.Sprintf("%s: the name %s says nothing of what is inside", p, part))
			}
		}
	}
	return out
}

var stageRow = regexp.MustCompile("(?m)^\\| *(\\d+) *\\| *`([a-z]+)` *\\|(.*)$")

func TestTheStageTableInTheDocumentIsThisOne(t *testing.T) {
	all := units(t)
	report(t, tableFindings(read(t, "ARCHITECTURE.md"), func(name string) bool {
		return slices.ContainsFunc(all, func(u unit) bool { return u.path == name })
	}))
	none := func(string) bool { return false }
	mustFind(t, tableFindings("| 21 | `order` | x |\n", none), "order: 21 in ARCHITECTURE.md, 20 here")
	mustFind(t, tableFindings("| 20 | `order` | x |\n", none), "order: no such package")
	mustFind(t, tableFindings("| 20 | `order` | x |\n", none), "pick: not in ARCHITECTURE.md")
	mustFind(t, tableFindings("| 20 | `order` | planned |\n", func(string) bool { return true }), "order: is called planned")
}

// tableFindings compares the table with the stages; exists tells whether a package is there.
func tableFindings(document string, exists func(string) bool) (out []string) {
	seen := map[string]bool{}
	for _, m := range stageRow.FindAllStringSubmatch(document, -1) {
		number, name, planned := m[1], m[2], strings.Contains(m[3], "planned")
		seen[name] = true
		if n, _ := stageOf(name); strconv.Itoa(n) != number {
			out = append(out, fmt.Sprintf("%s: %s in ARCHITECTURE.md, %d here", name, number, n))
		}
		if planned && exists(name) {
			out = append(out, name+": is called planned in ARCHITECTURE.md and exists")
		}
		if !planned && !exists(name) {
			out = append(out, name+": no such package; call it planned in ARCHITECTURE.md")
		}
	}
	for _, s := range stages {
		if !seen[s.name] {
			out = append(out, s.name+": not in ARCHITECTURE.md")
		}
	}
	return out
}
