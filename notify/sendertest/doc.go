// Package sendertest is the suite every notify.Sender must pass. A sender is put on a bench: itself, and hands that make the
// world behind it refuse, put off or lose an answer.
package sendertest
