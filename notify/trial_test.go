package notify

import (
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

func TestATextIsTriedWithARealOrderAndNobodysNameInIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		key := h.order(order.Recipient{Name: "欧阳娜娜", Email: "na@example.com", Country: "CN", Province: "浙江省"})
		text := Template{Notice: Received, Channel: Email, Language: "en", Subject: "We have {order_no}", Body: "{name}: {goods}"}
		for _, tried := range []func() (Rendered, error){
			func() (Rendered, error) { return h.s.PreviewOf(t.Context(), text, key) },
			func() (Rendered, error) {
				_, err := h.s.SendTest(t.Context(), text, key, "me@example.com")
				l := h.mail.taken[len(h.mail.taken)-1]
				if l.To != "me@example.com" || !strings.HasPrefix(l.Subject, "Test: ") {
					t.Errorf("%+v", l)
				}
				return Rendered{Subject: strings.TrimPrefix(l.Subject, "Test: "), Text: l.Text, HTML: l.HTML}, err
			},
		} {
			r, err := tried()
			if err != nil || strings.Contains(r.Text+r.HTML, "娜娜") || !strings.Contains(r.Text, "欧*") || r.Subject == "We have " || r.HTML == "" {
				t.Errorf("%+v %v", r, err)
			}
		}
		if list := h.messages(); len(list) != 0 {
			t.Errorf("a test is in the ledger of what customers were told: %v", list)
		}
		_, err := h.s.SendTest(t.Context(), text, key, "nobody")
		faulty(t, err, "notify.test_to")
		text.Channel = SMS
		_, err = h.s.SendTest(t.Context(), text, key, "13800000000")
		faulty(t, err, "notify.no_channel")
		_, err = h.s.PreviewOf(t.Context(), text, 1)
		faulty(t, err, "order.not_found")
		text.Subject = "{nonsense}"
		_, err = h.s.PreviewOf(t.Context(), text, key)
		faulty(t, err, "notify.template_field")
	})
}

func faulty(t *testing.T, err error, code string) {
	t.Helper()
	if got := fault.Code(err); got != code {
		t.Errorf("got %v, want the fault %s", err, code)
	}
}
