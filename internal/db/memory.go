package db

import "sync"

// memory keeps rows that are read by everybody and hardly ever change (the SKUs), so that the one writer of
// SQLite does not read them again and again. It exists on SQLite only, where every write goes through this
// process (the lock of the data folder sees to that). On PostgreSQL another process may write: nothing is kept.
//
// A generation guards it: what a transaction read may be kept only if nothing was forgotten since it began.
type memory struct {
	mu         sync.RWMutex
	generation int64
	rows       map[memoryKey]any
}

type memoryKey struct {
	kind string
	id   int64
}

// memoryMax bounds it; when it is full it begins anew.
const memoryMax = 200_000

// Recall gives what Keep kept.
func (tx *Tx) Recall(kind string, id int64) (any, bool) {
	m := tx.db.memory
	if m == nil {
		return nil, false
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	v, ok := m.rows[memoryKey{kind, id}]
	return v, ok
}

// Keep remembers a row as this transaction has read it. The value must not be changed any more.
func (tx *Tx) Keep(kind string, id int64, v any) {
	m := tx.db.memory
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if tx.generation != m.generation {
		return
	}
	if len(m.rows) >= memoryMax {
		clear(m.rows)
	}
	m.rows[memoryKey{kind, id}] = v
}

// Forget drops a row that this transaction changes, now and again when it has committed.
func (tx *Tx) Forget(kind string, id int64) {
	if tx.db.memory == nil {
		return
	}
	k := memoryKey{kind, id}
	tx.forgotten = append(tx.forgotten, k)
	tx.db.memory.forget([]memoryKey{k})
	tx.generation = tx.db.memory.now()
}

func (m *memory) now() int64 {
	if m == nil {
		return 0
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.generation
}

func (m *memory) forget(keys []memoryKey) {
	if m == nil || len(keys) == 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.generation++
	for _, k := range keys {
		delete(m.rows, k)
	}
}

// doubt drops everything: a group was taken back, and what was read in it may never have been.
func (m *memory) doubt() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.generation++
	clear(m.rows)
}
