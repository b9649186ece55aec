.PHONY: test build demo bench

# Everything that must be green: formatting, vet, staticcheck, all tests on SQLite and PostgreSQL, the race detector.
test:
	@scripts/test.sh

# One static binary.
build:
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o dist/packhorse ./cmd/packhorse

demo:
	go run ./cmd/packhorse demo

bench:
	go run ./cmd/packhorse bench life --orders 20000 --clients 64 --json
