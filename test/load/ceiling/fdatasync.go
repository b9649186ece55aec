package ceiling

import (
	"os"
	"time"
)

// Fdatasync says how many 4 KiB writes a second the disk under dir makes durable one after the other, over about half a
// second. The file grows with each write, as a fresh log does; writing over an old log flushes up to twice as often.
// It is 0 when dir cannot be written: the benchmark beside it fails for the same reason, with the reason.
func Fdatasync(dir string) float64 {
	const block, span = 4096, 500 * time.Millisecond
	file, err := os.CreateTemp(dir, "fdatasync-*")
	if err != nil {
		return 0
	}
	defer os.Remove(file.Name())
	defer file.Close()
	page, writes, start := make([]byte, block), 0, time.Now()
	for time.Since(start) < span {
		page[0]++
		if _, err := file.Write(page); err != nil {
			return 0
		}
		if err := flush(file); err != nil {
			return 0
		}
		writes++
	}
	return float64(writes) / time.Since(start).Seconds()
}
