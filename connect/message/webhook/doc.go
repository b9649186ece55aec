// Package webhook carries events to the programs that follow them, by HTTP POST, signed as Standard Webhooks 1.0 says:
// the headers webhook-id, webhook-timestamp and webhook-signature, the last of which is "v1," and the base64 of
// HMAC-SHA256 over "id.timestamp.body", once for each secret that holds.
//
// Redirects are not followed, and addresses inside one's own network are not called unless the operator allows it: an
// endpoint is named by whoever has a key, and the server stands where others cannot reach.
package webhook
