#!/bin/sh
# Loads problems of the classes BR1 to BR7 and prints the mean share of the volume that is filled, by class and over all.
#   scripts/bench-packing.sh FOLDER TIME [SUPPORT [FIRST [COUNT]]]
# FOLDER holds BR1.txt to BR7.txt; TIME is per problem (10s); SUPPORT is 0 or 1.0; FIRST and COUNT choose problems of a class.
# One thread, one problem at a time; the search has no chance in it, so there is no seed.
set -eu
folder=$1 time=$2 support=${3:-0} first=${4:-1} count=${5:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/packhorse" ./cmd/packhorse
for class in 1 2 3 4 5 6 7; do
	awk -v first="$first" -v count="$count" '
		NR == 1 { print count; next }
		at == 0 { number++; keep = number >= first && number < first + count; at = 1; line = $0; if (keep) print; next }
		at == 1 { at = 2; if (keep) print; next }
		at == 2 { left = $1; at = left ? 3 : 0; if (keep) print; next }
		{ if (--left == 0) at = 0; if (keep) print }' "$folder/BR$class.txt" > "$work/problems"
	GOMAXPROCS=1 "$work/packhorse" solve pack --format br --time "$time" --support "$support" "$work/problems" |
		sed 's/.*"utilisation":\([0-9.]*\).*"seconds":\([0-9.]*\).*/\1 \2/' |
		awk -v class="BR$class" '{ sum += $1; if ($2 > most) most = $2 } END { printf "%s %.2f %% of %d problems, at most %.2f s\n", class, 100 * sum / NR, NR, most }' |
		tee -a "$work/means"
done
awk '{ sum += $2 } END { printf "mean %.3f %%\n", sum / NR }' "$work/means"
