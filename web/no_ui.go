//go:build no_ui

package web

import "io/fs"

// Files are the built screens: console.html, pda.html and assets. nil where the program was built without them.
func Files() fs.FS { return nil }
