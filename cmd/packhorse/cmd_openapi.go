package main

import (
	"os"

	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/web/typescript"
)

// openapiCmd writes the document of the API, for those who make clients.
type openapiCmd struct {
	TypeScript bool   `name:"typescript" help:"Types for TypeScript instead of the document."`
	Out        string `help:"File to write instead of standard output." placeholder:"FILE" type:"path"`
}

// Run writes the document. It needs no company and no data.
func (c *openapiCmd) Run() error {
	out := api.Document(version)
	if c.TypeScript {
		var err error
		if out, err = typescript.Write(out); err != nil {
			return err
		}
	}
	if c.Out == "" {
		_, err := os.Stdout.Write(out)
		return err
	}
	return os.WriteFile(c.Out, out, 0o644)
}
