package ceiling

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// DefaultClients is the number of connections that write side by side when the caller names none.
const DefaultClients = 4

// postgresSettings make commits durable and pin the plan of the set forms: arrays outside, key look-ups inside, nothing
// compiled. So rows are locked in the order of the arrays, which are sorted, and several clients never deadlock.
var postgresSettings = map[string]string{
	"synchronous_commit": "on",
	"plan_cache_mode":    "force_generic_plan",
	"jit":                "off",
	"enable_hashjoin":    "off",
	"enable_mergejoin":   "off",
	"enable_seqscan":     "off",
}

// Postgres runs the lives of `orders` orders in a schema of its own in the database at url, which is dropped afterwards.
// Each of `clients` connections takes groups of orders nobody else has through all six stages; a stage of a group is one
// statement per kind of write between begin and commit, sent in one round trip. A group below 1 is DefaultGroup, clients
// below 1 are DefaultClients. Row writes are counted before equal stock keys of a group are summed. It fails when orders is
// below 1, when the server refuses, or when the books afterwards do not agree with what was done.
func Postgres(ctx context.Context, url string, orders, group, clients int) (life Life, err error) {
	if orders < 1 {
		return Life{}, errors.New("ceiling: at least one order is needed")
	}
	if group < 1 {
		group = DefaultGroup
	}
	if clients < 1 {
		clients = DefaultClients
	}
	schema, err := openSchema(ctx, url, stockSeed())
	if err != nil {
		return Life{}, err
	}
	defer func() { err = errors.Join(err, schema.close(ctx)) }()
	conns, err := schema.connect(ctx, clients)
	defer closeAll(ctx, conns)
	if err != nil {
		return Life{}, err
	}
	var r run
	life, err = r.measure(orders, func() error { return liveSets(ctx, &r, conns, orders, group) })
	if err != nil {
		return Life{}, err
	}
	return life, prove(lifeBooks, orders, schema.count(ctx))
}

// liveSets lets every connection take the next group until there is none.
func liveSets(ctx context.Context, r *run, conns []*pgx.Conn, orders, group int) error {
	var next atomic.Int64
	workers, ctx := errgroup.WithContext(ctx)
	for _, conn := range conns {
		workers.Go(func() error {
			var ops []op
			for n := int(next.Add(1) - 1); n < groups(group, orders); n = int(next.Add(1) - 1) {
				members := groupOf(n, group, orders)
				for s := range stage(stages) {
					ops = r.stageOps(ops, s, members)
					if err := writeSets(ctx, conn, sets(ops)); err != nil {
						return err
					}
					r.committed(ops)
				}
			}
			return nil
		})
	}
	return workers.Wait()
}

// writeSets makes the sets durable in one commit and one round trip; every one must hit exactly its rows.
func writeSets(ctx context.Context, conn *pgx.Conn, sets []set) error {
	var batch pgx.Batch
	batch.Queue("begin")
	for _, s := range sets {
		batch.Queue(statements[s.write].set, s.columns...)
	}
	batch.Queue("commit")
	results := conn.SendBatch(ctx, &batch)
	if _, err := results.Exec(); err != nil {
		return errors.Join(fmt.Errorf("ceiling: begin: %w", err), results.Close())
	}
	for _, s := range sets {
		done, err := results.Exec()
		if err == nil && done.RowsAffected() != s.rows {
			err = fmt.Errorf("%d rows instead of %d", done.RowsAffected(), s.rows)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("ceiling: %s: %w", statements[s.write].set, err), results.Close())
		}
	}
	return results.Close()
}

// pgSchema is a temporary schema; its own connection makes, counts and drops it.
type pgSchema struct {
	name string
	conn *pgx.Conn
	cfg  *pgx.ConnConfig
}

func openSchema(ctx context.Context, url string, seed []string) (_ *pgSchema, err error) {
	s := &pgSchema{name: fmt.Sprintf("ceiling_%d", time.Now().UnixNano())}
	if s.cfg, err = pgx.ParseConfig(url); err != nil {
		return nil, fmt.Errorf("ceiling: database URL: %w", err)
	}
	s.cfg.RuntimeParams["search_path"] = s.name
	for name, value := range postgresSettings {
		s.cfg.RuntimeParams[name] = value
	}
	if s.conn, err = pgx.ConnectConfig(ctx, s.cfg); err != nil {
		return nil, fmt.Errorf("ceiling: connect: %w", err)
	}
	texts := append([]string{"CREATE SCHEMA " + s.name}, postgresSchema()...)
	texts = append(append(texts, seed...), "ANALYZE balance", "ANALYZE bin_stock")
	for _, text := range texts {
		if _, err = s.conn.Exec(ctx, text); err != nil {
			return nil, errors.Join(fmt.Errorf("ceiling: prepare PostgreSQL: %w", err), s.close(ctx))
		}
	}
	return s, nil
}

// connect opens the clients; those that were opened are returned even when one fails.
func (s *pgSchema) connect(ctx context.Context, clients int) ([]*pgx.Conn, error) {
	conns := make([]*pgx.Conn, 0, clients)
	for range clients {
		conn, err := pgx.ConnectConfig(ctx, s.cfg)
		if err != nil {
			return conns, fmt.Errorf("ceiling: connect: %w", err)
		}
		conns = append(conns, conn)
	}
	return conns, nil
}

func (s *pgSchema) count(ctx context.Context) func(query string) (int64, error) {
	return func(query string) (n int64, err error) {
		err = s.conn.QueryRow(ctx, query).Scan(&n)
		return n, err
	}
}

// close drops the schema even when the run was called off.
func (s *pgSchema) close(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	_, err := s.conn.Exec(ctx, "DROP SCHEMA IF EXISTS "+s.name+" CASCADE")
	return errors.Join(err, s.conn.Close(ctx))
}

func closeAll(ctx context.Context, conns []*pgx.Conn) {
	for _, conn := range conns {
		conn.Close(context.WithoutCancel(ctx))
	}
}
