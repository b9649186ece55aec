package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/job"
)

var countJobs = db.NewSQL(`SELECT count(*) FROM job`)

func TestALabelIsAskedForAsSoonAsItsOrderIsWritten(t *testing.T) {
	a, err := Open(t.Context(), testConfig(t))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); a.Work(ctx) }()
	defer func() { stop(); <-done }()
	const jobs = 6
	begin := time.Now()
	for i := range jobs {
		err := a.DB.Update(ctx, func(tx *db.Tx) error {
			job.Add(tx, job.Job{Kind: "ship.label", Key: fmt.Sprint(i), Payload: map[string]int64{"shipment": 1}})
			return nil
		})
		for left := int64(1); left > 0 && err == nil; time.Sleep(time.Millisecond) {
			err = a.DB.View(ctx, func(tx *db.Tx) error { _, err := tx.Query(countJobs).One(&left); return err })
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(begin); took > jobs*missedWake/2 {
		t.Errorf("%d jobs one after the other took %s: the worker looked when its time had come, not when there was something to do", jobs, took)
	}
}
