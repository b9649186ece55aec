package telemetry

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestALogLineHasTheFormAndLevelAskedFor(t *testing.T) {
	var b bytes.Buffer
	Log(&b, "warn", "json").Info("quiet")
	Log(&b, "warn", "json").Warn("loud", "order", 7)
	var line map[string]any
	if err := json.Unmarshal(b.Bytes(), &line); err != nil || line["msg"] != "loud" || line["order"] != 7.0 {
		t.Errorf("%s %v", b.Bytes(), err)
	}
	b.Reset()
	Log(&b, "nonsense", "text").Info("hello")
	if !strings.Contains(b.String(), "msg=hello") {
		t.Errorf("%s", b.String())
	}
}
