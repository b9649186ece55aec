// Package access knows who may come in, and to which company.
//
// It owns the directory database: companies, accounts, their roles, sessions, the hashes of API keys, the counts of wrong passwords, and
// entries of audit logs on their way; the counts of requests, which are in memory; and, in the database of each company, the audit log. It
// also opens the databases of companies, because it alone knows where they are: beside the directory as files, or in
// schemas of the same PostgreSQL server. It does not own anything inside a company, nor how a credential
// travels (api).
//
// A company is a database of its own. A key belongs to one company and says so in its text,
// phk_<company>_<random>; an account may be a member of several. What somebody may do is a set of scopes: a key
// is given them, a member has those of a role. Where they may do it is a reach: warehouses, shops and owners of goods, each
// all of them unless some are named. The two together are a right; a key has one, a member one for each grant. Where somebody may do
// one thing is the area of the rights that hold its scope. This package says what an area is; whoever lists or shows things applies
// it (api).
package access
