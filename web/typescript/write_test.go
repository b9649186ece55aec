package typescript

import (
	"strings"
	"testing"
)

const small = `{"paths":{
 "/v1/things/{id}":{"post":{"operationId":"do-thing","summary":"Do it","parameters":[
   {"name":"id","in":"path","required":true,"schema":{"type":"string"}},
   {"name":"Idempotency-Key","in":"header","schema":{"type":"string"}},
   {"name":"sort","in":"query","schema":{"type":"string","enum":["a","b"]}}],
   "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}},
   "responses":{"200":{"content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/Thing"}}}}}}}},
 "/v1/file":{"get":{"operationId":"get-file","responses":{"200":{"content":{"text/csv":{"schema":{"type":"string"}}}}}}}},
 "components":{"schemas":{"Thing":{"type":"object","required":["no"],"additionalProperties":false,"properties":{
   "$schema":{"type":"string"},"no":{"type":"integer","description":"units,\n a */ few"},
   "list":{"type":["array","null"],"items":{"anyOf":[{"type":"string"},{"type":"number"}]}},
   "more":{"type":"object","additionalProperties":{"type":"string"}},"any":{}, "dash-ed":{"type":"boolean"}}}}}}`

func TestTheTypesSayWhatTheDocumentSays(t *testing.T) {
	out, err := Write([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"export interface Thing {\n  any?: unknown\n  'dash-ed'?: boolean\n  list?: Array<number | string>\n  more?: Record<string, string>\n  /** units, a * / few */\n  no: number\n}\n",
		"  /** Do it */\n  'do-thing': {\n    path: { id: string }\n    query: { sort?: 'a' | 'b' }\n    body: Thing\n    out: Thing[]\n  }\n",
		"  'get-file': {\n    path: Record<string, never>\n    query: Record<string, never>\n    body: undefined\n    out: Blob\n  }\n",
		"  'do-thing': 'POST /v1/things/{id}',\n",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("without\n%s\nin\n%s", want, out)
		}
	}
	if strings.Contains(string(out), "$schema") || strings.Contains(string(out), "Idempotency") {
		t.Errorf("what the client adds by itself is in\n%s", out)
	}
}

func TestWhatIsNoDocumentIsRefused(t *testing.T) {
	for _, text := range []string{"", "{", "[]", `{"paths":{}}`} {
		if _, err := Write([]byte(text)); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

func FuzzWrite(f *testing.F) {
	f.Add([]byte(small))
	f.Fuzz(func(t *testing.T, text []byte) {
		first, err := Write(text)
		if err != nil {
			return
		}
		if again, _ := Write(text); string(again) != string(first) {
			t.Error("the same document gave other types")
		}
	})
}
