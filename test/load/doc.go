// Package load drives a running Packhorse as its users do, and measures it against what the machine can do
// at best in the same run (package ceiling). The commands `packhorse bench …` are thin around it.
package load
