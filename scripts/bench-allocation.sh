#!/bin/sh
# Makes problems of allocation by seed, solves them and prints the plain rule's cost, cost, lower bound, gap and seconds of each.
#   scripts/bench-allocation.sh [SECONDS [SEED [WHAT]]]
# SECONDS is for 1,000 orders, of processor time; WHAT is Within (kinds of problems, 1,000 orders × 20 nodes) or Sizes (one kind, 500 to 20,000 orders).
# One thread. Every answer is verified from the words of the contract alone.
set -eu
export ALLOCATION_SECONDS="${1:-1}" ALLOCATION_SEED="${2:-1}" GOMAXPROCS=1
go test ./allocation/assign -run XXX -bench "Benchmark${3:-Within}\$" -benchtime 1x -timeout 600s |
	awk '/^Benchmark/ {
		name = $1; sub(/^Benchmark[A-Za-z]*\//, "", name); gsub("_", " ", name)
		for (i = 2; i < NF; i++) value[$(i + 1)] = $i
		printf "%-34s greedy %.0f cost %.0f bound %.0f gap %.2f %% %.2f s\n", name, value["greedy"], value["cost"], value["bound"], value["gap-%"], value["s"]
	} /FAIL/ { print; failed = 1 } END { exit failed }'
