package telemetry

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/packhorse/packhorse/internal/fault"
)

// Span is one stretch of work in a trace. The zero Span is in none, and all it can do is nothing.
type Span struct{ open trace.Span }

// scope names whose spans these are.
const scope = "github.com/packhorse/packhorse"

// Start begins a span inside the one that ctx is in. Where ctx is in none, it returns ctx and the zero Span.
func Start(ctx context.Context, name string) (context.Context, Span) {
	around := trace.SpanFromContext(ctx)
	if !around.IsRecording() {
		return ctx, Span{}
	}
	ctx, open := around.TracerProvider().Tracer(scope).Start(ctx, name)
	return ctx, Span{open}
}

// Begin begins a span for work that is done by itself: inside the one that ctx is in; else below a place, which may be
// empty; else as the first of a trace. Where ctx carries no traces (Traces.Carry) it does nothing.
func Begin(ctx context.Context, name, place string) (context.Context, Span) {
	if trace.SpanFromContext(ctx).IsRecording() {
		return Start(ctx, name)
	}
	t, _ := ctx.Value(carried{}).(*Traces)
	if t == nil {
		return ctx, Span{}
	}
	if place != "" {
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{"traceparent": place})
	}
	return t.span(ctx, name, trace.SpanKindConsumer)
}

// Place is where the span that ctx is in stands; empty where nothing of it is told.
func Place(ctx context.Context) string {
	if !trace.SpanContextFromContext(ctx).IsSampled() {
		return ""
	}
	header := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, header)
	return header["traceparent"]
}

// On reports whether there is a span: what it is told can be left out otherwise.
func (s Span) On() bool { return s.open != nil }

// Text tells a fact of the span: a code or an id, nothing of a person.
func (s Span) Text(name, value string) {
	if s.open != nil && value != "" {
		s.open.SetAttributes(attribute.String(name, value))
	}
}

// Number tells a fact of the span.
func (s Span) Number(name string, value int64) {
	if s.open != nil {
		s.open.SetAttributes(attribute.Int64(name, value))
	}
}

// Rename gives the span a name that was not known when it began.
func (s Span) Rename(name string) {
	if s.open != nil {
		s.open.SetName(name)
	}
}

// End ends the span with its outcome. Of an error the code alone is told: its text may name a person. A second End does
// nothing.
func (s Span) End(err error) {
	if s.open == nil {
		return
	}
	if err != nil {
		s.fail(fault.Code(err))
	}
	s.open.End()
}

func (s Span) fail(code string) {
	s.open.SetStatus(codes.Error, code)
	s.open.SetAttributes(attribute.String("error.type", code))
}
