package api

import (
	"cmp"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
)

// ahead puts the entry of an act that is many transactions into the log before the first of them: should the process die in
// the middle, nothing it changed is without its entry. Should it die before the first, the entry does not lie: it says that the
// act began. The act must not begin where it fails.
func (c *call) ahead() error {
	e := *c.audit
	e.Note = cmp.Or(e.Note, access.Begun)
	err := c.DB.Update(c.ctx, func(tx *db.Tx) error { access.Record(tx, e); return nil })
	if err == nil {
		c.once.Beside, c.once.Besides = nil, true
	}
	return err
}

// goneAhead is repeatable for such an act: a repetition is not on record again.
func goneAhead[Out any](c *call, do func() (Out, error)) (Out, error) {
	return repeatable(c, func() (out Out, err error) {
		if err = c.ahead(); err != nil {
			return out, err
		}
		return do()
	})
}
