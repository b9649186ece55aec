package telemetry

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Traces are what this process tells a collector. nil tells nothing.
type Traces struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// Collector says where traces go.
type Collector struct {
	URL     string  // of a collector that speaks OTLP over HTTP, "http://127.0.0.1:4318"; empty = no traces
	Share   float64 // of the traces that begin here, 0 to 1, that are told; one that began elsewhere is told when its caller tells it
	Version string  // of the program
	Log     *slog.Logger
}

// sendTime bounds, in wall time, one call of the collector.
const sendTime = 5 * time.Second

// Open begins to tell a collector; nil where there is none. It calls nobody: a collector that is away loses spans and
// stops nothing.
func Open(ctx context.Context, c Collector) (*Traces, error) {
	if c.URL == "" {
		return nil, nil
	}
	to, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(c.URL+"/v1/traces"), otlptracehttp.WithTimeout(sendTime))
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	p := sdk.NewTracerProvider(
		sdk.WithBatcher(told{to, c.Log}),
		sdk.WithSampler(sdk.ParentBased(sdk.TraceIDRatioBased(c.Share))),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "packhorse"), attribute.String("service.version", c.Version))))
	return &Traces{p, p.Tracer(scope)}, nil
}

// told says in the log what did not arrive; the library would say it in a log of its own.
type told struct {
	sdk.SpanExporter
	log *slog.Logger
}

func (t told) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	if err := t.SpanExporter.ExportSpans(ctx, spans); err != nil {
		t.log.Warn("traces do not reach their collector", "spans", len(spans), "error", err)
	}
	return nil
}

// carried is the key under which a context carries traces.
type carried struct{}

// Carry makes a context in which Begin and Call begin traces.
func (t *Traces) Carry(ctx context.Context) context.Context {
	if t == nil {
		return ctx
	}
	return context.WithValue(ctx, carried{}, t)
}

func (t *Traces) span(ctx context.Context, name string, kind trace.SpanKind) (context.Context, Span) {
	ctx, open := t.tracer.Start(ctx, name, trace.WithSpanKind(kind))
	if !open.IsRecording() {
		return ctx, Span{} // the context says so to whoever is called
	}
	return ctx, Span{open}
}

// Close tells what has not been told yet.
func (t *Traces) Close(ctx context.Context) error {
	if t == nil {
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, sendTime)
	defer stop()
	return t.provider.Shutdown(ctx)
}
