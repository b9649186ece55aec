package ceiling

import (
	"context"
	"time"
)

const freeUnits = "SELECT on_hand - reserved FROM balance"

// grant is the combined form in rows.
func (f *sqliteFile) grant(wanted int, next int64) (int, error) {
	if _, err := f.begin.ExecContext(f.ctx); err != nil {
		return 0, err
	}
	granted, err := f.reservePrefix(wanted)
	if err != nil {
		return 0, err
	}
	at := time.Now().UnixMicro()
	for id := next; id < next+int64(granted); id++ {
		if _, err := f.exec(insertReservation, id, id, hotSKU, hotWarehouse, int64(1), at); err != nil {
			return 0, err
		}
		if _, err := f.exec(insertEvent, id, id, int64(allocate), payload, at); err != nil {
			return 0, err
		}
	}
	_, err = f.commit.ExecContext(f.ctx)
	return granted, err
}

// reservePrefix reserves for all, or for as many of the first as there are units.
func (f *sqliteFile) reservePrefix(wanted int) (int, error) {
	hit, err := f.exec(reserveBalance, hotSKU, hotWarehouse, int64(wanted))
	if err != nil || hit == 1 {
		return wanted, err
	}
	free, err := f.count(freeUnits)
	if err != nil || free == 0 {
		return 0, err
	}
	_, err = f.exec(reserveBalance, hotSKU, hotWarehouse, free)
	return int(free), err
}

// grantSet is the combined form as one statement and so one commit: without the guarded update no row is written.
const grantSet = `WITH granted AS (
		UPDATE balance SET reserved = reserved + $3, ver = ver + 1 WHERE sku_id = $1 AND wh_id = $2 AND on_hand - reserved >= $3 RETURNING sku_id, wh_id),
	reserved AS (
		INSERT INTO reservation (id, order_id, sku_id, wh_id, qty, created_at)
		SELECT i, i, sku_id, wh_id, 1, $5 FROM granted, unnest($4::bigint[]) AS x(i))
	INSERT INTO event (id, order_id, kind, payload, created_at) SELECT i, i, $6, $7, $5 FROM granted, unnest($4::bigint[]) AS x(i)`

// grant is the combined form as a set.
func (s *pgSchema) grant(ctx context.Context, wanted int, next int64) (int, error) {
	granted, err := s.grantAll(ctx, wanted, next)
	if err != nil || granted {
		return wanted, err
	}
	var free int
	if err := s.conn.QueryRow(ctx, freeUnits).Scan(&free); err != nil || free == 0 {
		return 0, err
	}
	_, err = s.grantAll(ctx, free, next)
	return free, err
}

// grantAll grants `wanted` units or none.
func (s *pgSchema) grantAll(ctx context.Context, wanted int, next int64) (bool, error) {
	ids := make([]int64, wanted)
	for i := range ids {
		ids[i] = next + int64(i)
	}
	done, err := s.conn.Exec(ctx, grantSet, hotSKU, hotWarehouse, int64(wanted), ids, time.Now().UnixMicro(), int64(allocate), payload)
	return done.RowsAffected() == int64(wanted), err
}
