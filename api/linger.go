package api

import (
	"io"
	"net/http"
	"time"
)

// How long, and for how many bytes, a refused caller is listened to. What net/http swallows by itself needs no help.
const (
	lingerFor   = 10 * time.Second
	lingerMost  = 64 << 20
	swallowMost = 256 << 10
)

// linger lets a caller finish that is refused while it still sends. Were the connection closed at once, a caller that only
// reads when it has sent everything would see it break and never the reason. The answer is on its way before: whoever
// looks at it stops sending.
func linger(rec *recorder, r *http.Request) {
	if rec.status < http.StatusBadRequest || r.ProtoMajor != 1 || r.Header.Get("Expect") != "" || r.ContentLength >= 0 && r.ContentLength <= swallowMost {
		return
	}
	c := http.NewResponseController(rec)
	if c.Flush() != nil || c.SetReadDeadline(time.Now().Add(lingerFor)) != nil {
		return
	}
	_, _ = io.CopyN(io.Discard, r.Body, lingerMost) // what it says does not matter any more
}
