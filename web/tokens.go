package web

import _ "embed"

//go:embed src/shared/tokens.css
var tokens string

// Tokens are the colours, sizes and steps of all screens, as CSS: customers' pages and mails have the same.
func Tokens() string { return tokens }
