package intake

import (
	"context"
	"errors"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

// fileChunk is how many orders of a file go into one transaction: few enough that others do not wait behind it.
const fileChunk = 200

// ImportOrders takes an order file in; ReadFile says how it is read. An order that the inbox refuses is listed
// with all of its rows. dryRun decides everything and writes nothing. progress, which may be nil, is told the rows
// done so far. With an error the answer says how far the import came: the same file again goes on from there. So it does
// after a crash: a file has each order once, and one that went in is unchanged.
func (s *Service) ImportOrders(ctx context.Context, r *sheet.Reader, channel, shop string, dryRun bool, progress func(done int)) (sheet.Answer, error) {
	orders, rows, rejected, err := readFile(r, channel, shop)
	answer := sheet.Answer{Rows: rows, Rejected: rejected}
	if err != nil {
		return answer, err
	}
	done := rows // of rejected orders: nothing is left to do for them
	for _, o := range orders {
		done -= len(o.rows)
	}
	for len(orders) > 0 {
		chunk := orders[:min(fileChunk, len(orders))]
		orders = orders[len(chunk):]
		results, err := s.takeChunk(ctx, chunk, dryRun)
		for i, result := range results {
			if e := count(&answer, chunk[i], result); e != nil {
				err = errors.Join(err, e)
			}
			done += len(chunk[i].rows)
		}
		if err != nil {
			return answer, err
		}
		if progress != nil {
			progress(done)
		}
	}
	sheet.SortRejections(answer.Rejected)
	return answer, nil
}

func (s *Service) takeChunk(ctx context.Context, chunk []*fileOrder, dryRun bool) ([]db.Result[Receipt], error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ins := make([]Input, len(chunk))
	for i, o := range chunk {
		ins[i] = Input{Document: o.doc, Source: SourceFile}
	}
	if dryRun {
		return s.dryRun(ctx, ins)
	}
	return s.ReceiveAll(ctx, ins), nil
}

// errDry takes back what a dry run has written.
var errDry = errors.New("dry run")

// dryRun decides about documents as ReceiveAll would, and takes everything back.
func (s *Service) dryRun(ctx context.Context, ins []Input) ([]db.Result[Receipt], error) {
	arrivals := make([]*arrival, len(ins))
	for i, in := range ins {
		var err error
		if arrivals[i], err = arrive(in); err != nil {
			return nil, err
		}
	}
	var out []db.Result[Receipt]
	err := s.db.Update(ctx, func(tx *db.Tx) error {
		out = receive(tx, arrivals, s.amend, nil)
		return errDry
	})
	if !errors.Is(err, errDry) {
		return nil, err
	}
	return out, nil
}

// count books one result. What is not a fault is no answer to the order but a failure of ours.
func count(answer *sheet.Answer, o *fileOrder, r db.Result[Receipt]) error {
	if r.Err != nil {
		f, ok := fault.As(r.Err)
		if !ok {
			return r.Err
		}
		for _, row := range o.rows {
			answer.Rejected = append(answer.Rejected, sheet.Reject(row, f)...)
		}
		return nil
	}
	switch r.Out.Outcome {
	case Created:
		answer.Created++
	case Unchanged:
		answer.Unchanged++
	default:
		answer.Updated++
	}
	return nil
}
