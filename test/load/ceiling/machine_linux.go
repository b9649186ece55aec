package ceiling

import (
	"os"
	"syscall"
	"time"
)

// flush makes the file's data durable, without its times.
func flush(file *os.File) error { return syscall.Fdatasync(int(file.Fd())) }

// processCPU is the processor time this process has used, user and system.
func processCPU() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
