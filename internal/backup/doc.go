// Package backup writes a whole installation into one file while it is in use, and makes an installation from such a
// file.
//
// It owns the form of the file and the copying of both engines. It does not own where an installation lies, who may
// write to it, or the proof of the books that follows a restore.
//
// A file is a tar, packed with gzip. It begins with header.json (form, engine, program, moment). For each database
// follow <name>/database.json (kind, schema version, tables) and its content: data.db for SQLite, one
// <table>.copy for each table of PostgreSQL, in the text form of COPY. The last entry is manifest.json with the size
// and SHA-256 of every entry before it: a file without it was cut.
//
// A file is restored into the engine it came from. PostgreSQL is copied in one transaction, so everything in it is of
// one moment. In SQLite each database is of one moment, the directory of the earliest.
package backup
