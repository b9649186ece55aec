// Package access knows who may come in, and to which company.
//
// It owns the directory database: companies, accounts, memberships and the hashes of API keys. It also opens
// the databases of companies, because it alone knows where they are: beside the directory as files, or in
// schemas of the same PostgreSQL server. It does not own anything inside a company, nor how a credential
// travels (api).
//
// A company is a database of its own. A key belongs to one company and says so in its text,
// phk_<company>_<random>; an account may be a member of several. What somebody may do is a set of scopes: a key
// is given them, a member has those of the role.
package access
