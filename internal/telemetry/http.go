package telemetry

import (
	"context"
	"net/http"
	"strconv"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Request begins the span of a request that came in, below the place its header names.
func (t *Traces) Request(r *http.Request) (context.Context, Span) {
	ctx := t.Carry(propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header)))
	ctx, span := t.span(ctx, r.Method, trace.SpanKindServer)
	span.Text("http.request.method", r.Method)
	return ctx, span
}

// Answered ends the span of a request. What the caller did wrong is no failure of ours.
func (s Span) Answered(status int) { s.answered(status, http.StatusInternalServerError) }

func (s Span) answered(status, failure int) {
	if s.open == nil {
		return
	}
	s.Number("http.response.status_code", int64(status))
	if status >= failure {
		s.fail(strconv.Itoa(status))
	}
	s.open.End()
}

// Call begins the span of a call to the outside world. what names its sort, "print" or "mail"; to is the host.
func Call(ctx context.Context, what, to string) (context.Context, Span) {
	if around := trace.SpanFromContext(ctx); around.IsRecording() {
		ctx, open := around.TracerProvider().Tracer(scope).Start(ctx, what, trace.WithSpanKind(trace.SpanKindClient))
		span := Span{open}
		span.Text("server.address", to)
		return ctx, span
	}
	t, _ := ctx.Value(carried{}).(*Traces)
	if t == nil || trace.SpanContextFromContext(ctx).IsValid() { // none, or whoever began the trace tells nothing of it
		return ctx, Span{}
	}
	ctx, span := t.span(ctx, what, trace.SpanKindClient)
	span.Text("server.address", to)
	return ctx, span
}

// Client makes calls over next (nil is the default of net/http) known to traces: each has a span, and takes its place
// along in its header.
func Client(next http.RoundTripper) http.RoundTripper {
	if next == nil {
		next = http.DefaultTransport
	}
	return client{next}
}

type client struct{ next http.RoundTripper }

func (c client) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, span := Call(r.Context(), "call", r.URL.Hostname())
	if !trace.SpanContextFromContext(ctx).IsValid() {
		return c.next.RoundTrip(r)
	}
	out := r.Clone(ctx)
	propagation.TraceContext{}.Inject(ctx, propagation.HeaderCarrier(out.Header))
	res, err := c.next.RoundTrip(out)
	if err != nil {
		span.End(err)
		return nil, err
	}
	span.Text("http.request.method", r.Method)
	span.answered(res.StatusCode, http.StatusBadRequest)
	return res, nil
}
