package db

import (
	"context"
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/internal/db/sqlite"
)

// liteConn is one connection with its prepared statements.
type liteConn struct {
	conn  *sqlite.Conn
	stmts map[string]*sqlite.Stmt
}

func (c *liteConn) close() {
	for _, s := range c.stmts {
		s.Close()
	}
	c.conn.Close()
}

// say runs a statement that is said again and again, prepared.
func (c *liteConn) say(text string) error {
	_, err := c.execText(text, nil)
	return err
}

// take hands out the prepared statement for text; while it is out, the same text is prepared again.
func (c *liteConn) take(text string) (*sqlite.Stmt, error) {
	if s, ok := c.stmts[text]; ok {
		delete(c.stmts, text)
		return s, nil
	}
	return c.conn.Prepare(text)
}

func (c *liteConn) give(text string, s *sqlite.Stmt) {
	if _, ok := c.stmts[text]; ok {
		s.Close()
		return
	}
	c.stmts[text] = s
}

// listed writes the lists among the arguments as JSON.
func listed(args []any) []any {
	for i, a := range args {
		switch a.(type) {
		case []int64, []string:
			args = slices.Clone(args)
			for j, b := range args[i:] {
				args[i+j] = list(b)
			}
			return args
		}
	}
	return args
}

func (c *liteConn) query(_ context.Context, s *SQL, args []any) *Rows {
	text, args := s.lite(args)
	st, err := c.take(text)
	if err != nil {
		return failed(err)
	}
	if err := st.Bind(args); err != nil {
		c.give(text, st)
		return failed(fmt.Errorf("%w in %s", err, text))
	}
	return &Rows{lite: st, giveBack: func() { c.give(text, st) }}
}

func (c *liteConn) exec(_ context.Context, s *SQL, args []any) (int64, error) {
	text, args := s.lite(args)
	return c.execText(text, args)
}

func (c *liteConn) execText(text string, args []any) (int64, error) {
	st, err := c.take(text)
	if err != nil {
		return 0, err
	}
	defer c.give(text, st)
	if err := st.Run(args); err != nil {
		return 0, fmt.Errorf("%w in %s", err, text)
	}
	return c.conn.Changes(), nil
}

func (c *liteConn) apply(_ context.Context, ops []*pending) error {
	for _, op := range ops {
		st, err := c.take(op.write.row)
		if err == nil {
			err = c.rows(st, op)
			c.give(op.write.row, st)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *liteConn) rows(st *sqlite.Stmt, op *pending) error {
	for _, args := range op.rows {
		if err := st.Run(args); err != nil {
			return fmt.Errorf("%w in %s", err, op.write.row)
		}
		if !op.write.exact {
			continue
		}
		if n := c.conn.Changes(); n != 1 {
			return fmt.Errorf("%w (%s %v touched %d rows)", ErrGuard, op.write.name, args, n)
		}
	}
	return nil
}
