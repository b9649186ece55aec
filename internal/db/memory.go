package db

import (
	"fmt"
	"sync"
)

// memory keeps rows that are read by everybody and hardly ever change (the SKUs), so that they are not read again in
// every transaction. A generation guards it: what a transaction read may be kept only if nothing was forgotten since
// it began.
//
// On SQLite every write goes through this process (the lock of the data folder sees to that). On PostgreSQL another
// process may write as well: there what is kept is good for one version, a number in the database that a transaction
// raises in its own commit when it forgets something, and that every transaction reads when it begins.
type memory struct {
	mu         sync.RWMutex
	generation int64
	version    int64 // PostgreSQL: of the database, when it was last seen
	rows       map[memoryKey]any
}

// memoryKey names a row by its kind and its id or code. Comparing typed fields is several times cheaper than comparing interfaces.
type memoryKey struct {
	kind string
	id   int64
	code string
}

// keyFor is the name of a row whose key is an id (int64), a code (string) or anything else that says itself as text.
func keyFor(kind string, key any) memoryKey {
	switch k := key.(type) {
	case int64:
		return memoryKey{kind: kind, id: k}
	case string:
		return memoryKey{kind: kind, code: k}
	default:
		return memoryKey{kind: kind, code: fmt.Sprint(k)}
	}
}

// memoryMax bounds it; when it is full it begins anew.
const memoryMax = 200_000

var (
	memoryVersion = NewSQL(`SELECT version FROM memory_version`)
	raiseVersion  = Change("memory_version", "one bigint, by bigint", 1, "version = t.version + x.by", "t.one = x.one")
)

// Recall gives what Keep kept under a kind and a key, which is an id or a code.
func (tx *Tx) Recall(kind string, key any) (any, bool) {
	m := tx.remembered()
	if m == nil {
		return nil, false
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	v, ok := m.rows[keyFor(kind, key)]
	return v, ok
}

// Keep remembers a row as this transaction has read it. The value must not be changed any more.
func (tx *Tx) Keep(kind string, key, v any) {
	m := tx.remembered()
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if tx.generation != m.generation || (tx.flushed && tx.Postgres()) {
		return // on PostgreSQL others are not taken back together with this transaction, should it be
	}
	if len(m.rows) >= memoryMax {
		clear(m.rows)
	}
	m.rows[keyFor(kind, key)] = v
}

// Forget drops a row that this transaction changes. On SQLite that is now and again when it has committed. On
// PostgreSQL the commit raises the version, which is what everybody goes by; until then the transaction itself must
// neither use nor fill the memory, for what it reads may never come true.
func (tx *Tx) Forget(kind string, key any) {
	m := tx.db.memory
	if m == nil {
		return
	}
	if tx.Postgres() {
		if !tx.forgets {
			tx.Put(raiseVersion, 1, 1)
		}
		tx.forgets = true
		return
	}
	k := keyFor(kind, key)
	tx.forgotten = append(tx.forgotten, k)
	m.forget([]memoryKey{k})
	tx.generation = m.now()
}

// remembered is the memory, as far as this transaction may use it.
func (tx *Tx) remembered() *memory {
	m := tx.db.memory
	if m == nil || !tx.Postgres() {
		return m
	}
	if tx.forgets {
		return nil
	}
	if !tx.dated {
		tx.dated = true
		tx.generation = m.turn(tx.engine.(*pgTx).version(tx.ctx))
	}
	if tx.generation < 0 {
		return nil
	}
	return m
}

// turn begins anew when the database has a newer version than what is kept. A transaction that began before that
// must not use what newer ones kept, nor keep what it reads: it gets a generation that never was.
func (m *memory) turn(version int64) (generation int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if version < m.version {
		return -1
	}
	if version > m.version {
		m.version = version
		m.generation++
		clear(m.rows)
	}
	return m.generation
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
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.generation++
	clear(m.rows)
}
