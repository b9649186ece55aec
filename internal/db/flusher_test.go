package db

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
)

func file(t *testing.T) (*DB, *lite) {
	t.Helper()
	d, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "c.db"), Kind: Company, Clock: clock.Fixed(time.Unix(1, 0)), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d, d.engine.(*lite)
}

func told(tx *Tx) error { tx.Emit(Event{Kind: "test.told.v1"}); return nil }

func TestWhoCannotBeMadeDurableIsNotToldThatHeIs(t *testing.T) {
	d, e := file(t)
	if err := d.Update(t.Context(), told); err != nil {
		t.Fatal(err)
	}
	_ = e.flusher.log.Close() // the disk is gone
	for range 2 {
		if err := d.Update(t.Context(), told); !errors.Is(err, errDisk) {
			t.Errorf("answered %v", err)
		}
	}
	if err := d.View(t.Context(), func(*Tx) error { return nil }); !errors.Is(err, errDisk) {
		t.Errorf("shown, %v", err)
	}
}

// The commit stands in the log, and whoever reads sees it; he is kept until it is durable.
func TestNobodyIsShownWhatIsNotDurable(t *testing.T) {
	d, e := file(t)
	if err := e.flusher.commits(); err != nil {
		t.Fatal(err)
	}
	shown := make(chan error, 1)
	go func() { shown <- d.View(context.Background(), func(*Tx) error { return nil }) }()
	select {
	case err := <-shown:
		t.Fatalf("shown before it was durable, %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	e.flusher.committed(nil)
	if err := <-shown; err != nil {
		t.Error(err)
	}
}

func TestWhoReadsBesideACommitThatFailsIsNotKept(t *testing.T) {
	d, e := file(t)
	if err := e.flusher.commits(); err != nil {
		t.Fatal(err)
	}
	shown := make(chan error, 1)
	go func() { shown <- d.View(context.Background(), func(*Tx) error { return nil }) }()
	time.Sleep(20 * time.Millisecond)
	e.flusher.failed()
	if err := <-shown; err != nil {
		t.Error(err)
	}
}
