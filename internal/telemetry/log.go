// Package telemetry makes the program's log. It owns the form of a line, not what is worth one.
//
// Personal data do not belong into a log: parts of the program log ids, codes and counts.
package telemetry

import (
	"io"
	"log/slog"
)

// Log makes a logger that writes to w. level is debug, info, warn or error (anything else is info), format text or json.
func Log(w io.Writer, level, format string) *slog.Logger {
	var l slog.Level
	if l.UnmarshalText([]byte(level)) != nil {
		l = slog.LevelInfo
	}
	options := &slog.HandlerOptions{Level: l}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
