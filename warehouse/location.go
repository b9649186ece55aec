package warehouse

// Kind is what a location is for.
type Kind string

const (
	KindPick       Kind = "pick"       // goods are picked from here
	KindReserve    Kind = "reserve"    // stock above or behind the pick faces
	KindStage      Kind = "stage"      // goods stand here between two steps
	KindDock       Kind = "dock"       // goods come in or leave here
	KindQuarantine Kind = "quarantine" // nothing is sold from here
)

// The codes of the locations that every node has.
const (
	StageCode      = "STAGE"
	QuarantineCode = "QUARANTINE"
	DockCode       = "DOCK"
)

// Location is a place in a node that can be scanned.
type Location struct {
	ID       int64
	NodeID   int64
	Zone     string
	Code     string // unique in the node
	Kind     Kind
	Aisle    int64 // 0 = not in an aisle, as for bay and level
	Bay      int64
	Level    int64
	XMM, YMM int64 // millimetres from the corner of the building: x along the front, y into the depth
	PickSeq  int64 // place in the plain walk; 0 = none
}

// own lists the locations that every node has.
var own = [...]Location{{Code: StageCode, Kind: KindStage}, {Code: QuarantineCode, Kind: KindQuarantine}, {Code: DockCode, Kind: KindDock}}

// ownKind is the kind that a code of every node must keep.
func ownKind(code string) (Kind, bool) {
	for _, l := range own {
		if l.Code == code {
			return l.Kind, true
		}
	}
	return "", false
}
