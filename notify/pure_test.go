package notify

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

func TestQuietHoursEndInTheMorningOfTheRecipient(t *testing.T) {
	night := Quiet{22 * 60, 8 * 60}
	for _, c := range []struct{ country, province, at, want string }{
		{"CN", "浙江省", "2026-03-02T21:59:00+08:00", "2026-03-02T21:59:00+08:00"},
		{"CN", "浙江省", "2026-03-02T22:00:00+08:00", "2026-03-03T08:00:00+08:00"},
		{"CN", "浙江省", "2026-03-03T07:59:59+08:00", "2026-03-03T08:00:00+08:00"},
		{"US", "California", "2026-03-02T23:00:00-08:00", "2026-03-03T08:00:00-08:00"},
		{"US", "ny", "2026-03-08T01:30:00-05:00", "2026-03-08T08:00:00-04:00"}, // the night the clock goes forward
		{"DE", "", "2026-03-02T23:00:00+01:00", "2026-03-03T08:00:00+01:00"},
		{"??", "", "2026-03-02T23:00:00Z", "2026-03-03T08:00:00Z"},
	} {
		at, _ := time.Parse(time.RFC3339, c.at)
		want, _ := time.Parse(time.RFC3339, c.want)
		if got := night.Until(at, zoneOf(c.country, c.province, time.UTC)); !got.Equal(want) {
			t.Errorf("%s %s %s: %s, want %s", c.country, c.province, c.at, got, want)
		}
	}
}

func TestQuietHoursPostponeAndNeverLose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := Quiet{rapid.IntRange(0, 1439).Draw(t, "from"), rapid.IntRange(0, 1439).Draw(t, "to")}
		at := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "at"), 0)
		zone := zoneOf(rapid.SampledFrom([]string{"CN", "US", "DE", "IN", "AU", ""}).Draw(t, "country"), "", time.UTC)
		due := q.Until(at, zone)
		if due.Before(at) || due.Sub(at) > 25*time.Hour {
			t.Fatalf("due %s at %s", due, at)
		}
		if local := due.In(zone); q.covers(local.Hour()*60+local.Minute()) && !due.Equal(at) {
			t.Fatalf("due %s is in the quiet hours %v", local, q)
		}
	})
}

func TestEveryZoneOfTheTableLoads(t *testing.T) {
	for key, name := range regions {
		if _, err := time.LoadLocation(name); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestEveryNoticeHasATextInEveryLanguage(t *testing.T) {
	for _, n := range Notices {
		for _, c := range Channels {
			for _, l := range words.Languages {
				b, err := builtin(n, c, l)
				if err != nil {
					t.Fatal(err)
				}
				if err := b.check(); err != nil {
					t.Errorf("%s %s %s: %v", n, c, l, err)
				}
				r, err := b.Render(sample)
				if err != nil || strings.ContainsAny(r.Subject+r.Text, "{}") || strings.Contains(r.HTML, "<script") || (c == Email) != (r.Text != "") {
					t.Errorf("%s %s %s: %+v %v", n, c, l, r, err)
				}
			}
		}
		for _, l := range words.Languages {
			if !words.Has(l, "notify.notice."+string(n)) {
				t.Errorf("%s has no name in %s", n, l)
			}
		}
	}
}

func TestATextThatCannotBeRenderedIsRefused(t *testing.T) {
	good := Template{Notice: Shipped, Channel: Email, Language: "en", Subject: "s"}
	for want, spoil := range map[string]func(*Template){
		"notify.template_for":     func(t *Template) { t.Notice = "birthday" },
		"notify.template_field":   func(t *Template) { t.Body = "{password}" },
		"notify.template_subject": func(t *Template) { t.Subject = "a\nb" },
		"notify.template_size":    func(t *Template) { t.Subject = strings.Repeat("x", mostSubject+1) },
		"notify.template_html":    func(t *Template) { t.HTML = `<p {{.}}>` },
		"notify.template_html ":   func(t *Template) { t.HTML = `<SCRIPT>alert("{name}")</SCRIPT>` },
		"notify.template_html  ":  func(t *Template) { t.HTML = `<a href="{name}` },
	} {
		bad := good
		spoil(&bad)
		if err := bad.check(); fault.Code(err) != strings.TrimSpace(want) {
			t.Errorf("%q: %v", want, err)
		}
	}
	if err := good.check(); err != nil {
		t.Error(err)
	}
}

func TestAnAddressInAShopsHTMLRunsNoScript(t *testing.T) {
	r, err := Template{Subject: "s", HTML: `<a href="{waybill}" onclick="go('{name}')">{name}</a>`}.Render(map[string]string{"waybill": "javascript:alert(1)", "name": "');alert(1)//<b>"})
	if err != nil || strings.Contains(r.HTML, `"javascript:`) || strings.Contains(r.HTML, "<b>") || strings.Contains(r.HTML, "go('');") {
		t.Errorf("%q %v", r.HTML, err)
	}
}

func FuzzRenderKeepsTheSubjectOneLineAndTheValuesText(f *testing.F) {
	f.Add("王芳", "W-1")
	f.Add("<script>\r\nBcc:", "\u2028{name}")
	plain, breaking := &Service{page: mailPage("")}, regexp.MustCompile(`<(br|p [^>]*|/p)>`) // of them there are as many as lines
	empty, err := plain.dress(Template{}, Rendered{}, nil, "", "")
	if err != nil {
		f.Fatal(err)
	}
	tags := strings.Count(breaking.ReplaceAllString(empty.HTML, ""), "<")
	f.Fuzz(func(t *testing.T, name, no string) {
		r, err := Template{Subject: "Order {order_no} {name}", Body: "{name} {order_no}"}.Render(map[string]string{"name": name, "order_no": no})
		if err != nil || !oneLine(r.Subject) {
			t.Fatalf("%q %v", r.Subject, err)
		}
		mail, err := plain.dress(Template{}, r, nil, "", "")
		if err != nil || strings.Count(breaking.ReplaceAllString(mail.HTML, ""), "<") != tags {
			t.Fatalf("HTML %q %v", mail.HTML, err)
		}
	})
}

func TestWhichEventsAreTold(t *testing.T) {
	for _, c := range []struct {
		kind, params string
		want         Notice
	}{
		{"order.received.v1", `{}`, Received},
		{"order.held.v1", `{"reason":"review.address"}`, NeedsAddress},
		{"order.held.v1", `{"reason":"risk.same_address"}`, ""},
		{"order.held.v1", `{"reason":"risk.price_floor"}`, ""},
		{"ship.handed_over.v1", `{"carrier":"ZTO","waybills":["1"]}`, Shipped},
		{"track.scanned.v1", `{"status":"out_for_delivery"}`, OutForDelivery},
		{"track.scanned.v1", `{"status":"in_transit"}`, ""},
		{"order.cancelled.v1", `{"whole":false}`, ""},
		{"order.cancelled.v1", `{"whole":true}`, Cancelled},
		{"order.amended.v1", `{"changes":["recipient"]}`, ""},
		{"order.amended.v1", `{"changes":["payment"]}`, Refunded},
		{"aftersales.approved.v1", `{}`, ReturnApproved},
		{"refund.done.v1", `{}`, Refunded},
		{"pick.picked.v1", `{}`, ""},
		{"order.held.v1", `{"reason":7}`, ""},
	} {
		got, ok := noticeOf(db.Fact{Kind: c.kind, Order: 1, Params: c.params})
		if ok != (c.want != "") || ok && got.notice != c.want {
			t.Errorf("%s %s: %q, want %q", c.kind, c.params, got.notice, c.want)
		}
	}
}
