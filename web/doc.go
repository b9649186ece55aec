// Package web holds the screens of staff as they were built: the console and the handheld.
//
// It owns the built files in dist and their source in src, which README.md describes. It does not own how they are served, which
// is api's, nor the words on them, which are in internal/words.
package web

//go:generate go run github.com/packhorse/packhorse/cmd/packhorse openapi --typescript --out src/api/types.gen.ts
