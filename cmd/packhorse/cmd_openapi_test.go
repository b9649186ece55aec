package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/web/typescript"
)

func TestTheScreensKnowTheAPIAsItIs(t *testing.T) {
	want, err := typescript.Write(api.Document(version))
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile(filepath.Join("..", "..", "web", "src", "api", "types.gen.ts"))
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != string(want) {
		t.Error("the API has changed since web/src/api/types.gen.ts was written: run go generate ./web")
	}
}
