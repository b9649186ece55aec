// Package archtest keeps the rules of the house as tests: who may import whom, which package owns which
// table, what the schema may be written in, that both languages have the same words, and that the stage table
// and the state diagrams in the documents are those of the code.
//
// It owns the stage numbers. It does not own what a package does; and it looks at no test files, because a
// test may bring together whatever it needs.
//
// Every rule is a function from plain values to a list of findings, so that a test beside it can show on a
// made-up input that the rule is able to fail. An exception is written down with its reason, and one that is no
// longer needed is itself a finding.
package archtest
