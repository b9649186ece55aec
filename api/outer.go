package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/packhorse/packhorse/internal/telemetry"
)

// recorder remembers of an answer what the log and the meter want to know.
type recorder struct {
	http.ResponseWriter
	id      string
	route   *route // nil when no operation was reached
	who     string
	company string
	code    string // of the problem, if it was one
	status  int
	bytes   int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

var (
	startedAs = strconv.FormatInt(time.Now().UnixNano(), 36)
	serial    atomic.Int64
)

// requestID keeps the caller's id when it is a plain one, so that two logs can be laid side by side.
func requestID(given string) string {
	if len(given) > 0 && len(given) <= 64 && plain(given) {
		return given
	}
	return startedAs + "-" + strconv.FormatInt(serial.Add(1), 36)
}

func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c == '.') {
			return false
		}
	}
	return true
}

// Headers of every answer, made once; nobody appends to them. Answers are about people and money: no proxy and no browser keeps them.
var frameDeny, noReferrer, noStore = []string{"DENY"}, []string{"no-referrer"}, []string{"no-store"}

// outer gives a request its id, catches what falls, counts and logs.
func (s *Server) outer(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	var span telemetry.Span
	if s.options.Traces != nil {
		var ctx context.Context
		ctx, span = s.options.Traces.Request(r)
		r = r.WithContext(ctx)
	}
	rec := &recorder{ResponseWriter: w, id: requestID(r.Header.Get("X-Request-Id"))}
	h := w.Header()
	h.Set("X-Request-Id", rec.id)
	h.Set("X-Content-Type-Options", "nosniff")
	h["X-Frame-Options"], h["Referrer-Policy"], h["Cache-Control"] = frameDeny, noReferrer, noStore
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.options.Log.ErrorContext(r.Context(), "handler panicked", "request", rec.id, "panic", p, "stack", string(debug.Stack()))
			if rec.status == 0 {
				s.refuse(rec, r, fmt.Errorf("panic: %v", p))
			}
		}
		took := time.Since(start)
		s.meter.count(rec.route, rec.status, took)
		s.logAccess(r, rec, took)
		rec.trace(span)
	}()
	s.router.ServeHTTP(rec, r)
	linger(rec, r)
}

// trace ends the span of the request, which has the name of its route: a path names one thing.
func (r *recorder) trace(span telemetry.Span) {
	if !span.On() {
		return
	}
	if r.route != nil {
		span.Rename(r.route.method + " " + r.route.path)
		span.Text("http.route", r.route.path)
	}
	span.Text("packhorse.request", r.id)
	span.Text("packhorse.company", r.company)
	span.Text("error.code", r.code)
	span.Answered(r.status)
}

func (s *Server) logAccess(r *http.Request, rec *recorder, took time.Duration) {
	if !s.options.AccessLog {
		return
	}
	attrs := []slog.Attr{slog.String("request", rec.id), slog.String("method", r.Method), slog.String("path", r.URL.Path),
		slog.Int("status", rec.status), slog.Duration("took", took), slog.Int("bytes", rec.bytes), slog.String("who", rec.who)}
	if rec.code != "" {
		attrs = append(attrs, slog.String("code", rec.code))
	}
	s.options.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", attrs...)
}

func write(w http.ResponseWriter, status int, kind string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a caller that went away cannot be told anything
}
