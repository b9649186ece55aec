package pack

import "github.com/packhorse/packhorse/internal/db"

// Scale is how far a parcel may be from its expected weight: the larger of so many grams and so many percent of it. A bench that
// knows it can judge the scale before it asks to close the parcel.
func Scale(tx *db.Tx) (grams, percent int64, err error) {
	b, err := openBench(tx)
	if err != nil {
		return 0, 0, err
	}
	return b.g, b.percent, nil
}
