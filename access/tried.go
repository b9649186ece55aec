package access

import "context"

// Try counts a guess at something that is soon guessed, such as the end of a telephone number, like one at a password: by name and by
// the address it comes from. Names of accounts are others. Fault: access.locked, with the seconds to wait.
func (d *Directory) Try(ctx context.Context, name, from string) error {
	return d.admit(ctx, triedName(name), from)
}

// Right takes back a guess that Try counted and that was right.
func (d *Directory) Right(ctx context.Context, name, from string) error {
	return d.forgive(ctx, triedName(name), from)
}

// triedName is no log-in, which has no space.
func triedName(name string) string { return "tried " + name }
