package main

import (
	"io/fs"
	"os"

	"github.com/packhorse/packhorse/web"
)

// screensFrom is the flag of every command that serves the screens.
type screensFrom struct {
	UIDir string `name:"ui-dir" help:"Folder of built screens instead of those in this program." placeholder:"DIR" type:"existingdir"`
}

// files are the screens to serve; nil where this program was built without them and no folder is named.
func (s screensFrom) files() fs.FS {
	if s.UIDir != "" {
		return os.DirFS(s.UIDir)
	}
	return web.Files()
}
