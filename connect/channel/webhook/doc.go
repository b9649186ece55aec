// Package webhook connects any shop that can send and take signed messages: Standard Webhooks 1.0, our order document as
// the payload. It fills intake.Channel; where an address is given also the powers to be told of parcels, stock and answers.
//
// It owns the signatures in both directions and what our messages to the shop look like. It does not own the document
// (intake), nor when something is told (report).
//
// Words. A secret is whsec_ and base64, as the standard writes it. While secrets are changed an account has several,
// separated by spaces: a message signed with any of them is taken, and ours are signed with all.
package webhook
