// Package seal keeps secrets of others unreadable in the database: keys of shops, secrets that webhooks are signed with. With the same
// key it signs what leaves the house and has to be known again, such as the addresses customers are sent.
//
// It owns the key and the form of a sealed text. It does not own the rows they stand in, nor what a secret is for. The key is
// never in a database, so that neither its file nor a back-up of it gives a secret away.
//
// Words. A text is sealed (AES-256-GCM) under a key and for a place: the row and column it stands in. Copied to another place it
// does not open. The mark of a key says which one sealed a text, and nothing about the key.
package seal
