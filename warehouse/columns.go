package warehouse

import "strconv"

const (
	maxCode = 100
	maxText = 500
)

func number(n int64) string { return strconv.FormatInt(n, 10) }
