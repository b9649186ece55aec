// Package smtp sends messages as e-mail through a mail server (SMTP, RFC 5321), with TLS, log-in and non-ASCII addresses
// (SMTPUTF8) where the server has them.
//
// A mail has a plain and an HTML part. Its Message-ID is made of the message's number, so that a mail that is sent twice
// because an answer was lost is one mail to the receiver. 4xx is put off, 5xx is refused with the server's words.
// Server answers are believed as they stand: what happens to the mail behind the server is told to the sender's mailbox, not here.
package smtp
