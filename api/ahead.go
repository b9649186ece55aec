package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
)

// ahead puts the entry of an act that is many transactions into the log before the first of them: should the process die in
// the middle, nothing it changed is without its entry. The act must not begin where it fails.
func (c *call) ahead() error {
	err := c.DB.Update(c.ctx, func(tx *db.Tx) error { access.Record(tx, *c.audit); return nil })
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
