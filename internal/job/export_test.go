package job

import "time"

// BeginWithin shortens the time in which a worker may begin the jobs of a page.
func BeginWithin(w *Worker, d time.Duration) { w.beginWithin = d }
