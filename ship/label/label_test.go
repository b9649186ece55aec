package label_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/ship/label"
)

// printed are labels as they come: in both languages, with everything too long, and with nothing but the waybill.
func printed() []label.Label {
	chinese := label.Captions{To: "收", From: "寄", Order: "订单号", Goods: "品名", Node: "发货仓"}
	english := label.Captions{To: "TO", From: "FROM", Order: "Order", Goods: "Goods", Node: "Ships from"}
	long := strings.Repeat("内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇", 12)
	return []label.Label{
		{Carrier: "SF", Service: "标快", Waybill: "SF1234567890123", Sort: "021-W-057-18", No: 1, Of: 2, Code: "prc_0123456789abc",
			Sender:    label.Party{Name: "嘉兴一号仓", Phone: "0573-8888 8888", Address: "浙江省 嘉兴市 南湖区 亚太路 1 号"},
			Recipient: label.Party{Name: "王**", Phone: "138****0000", Address: "上海市 浦东新区 张江镇 祖冲之路 887 弄 72 号 3 楼 302 室"},
			Order:     "TB-2026-0000018", Goods: "便携式咖啡机（黑色）× 1，滤纸 100 张 × 2", Node: "嘉兴一号仓", Note: "2026-01-02 15:04", Captions: chinese},
		{Carrier: "UPS", Service: "Ground", Waybill: "1Z999AA10123456784", Sort: "KY 9632", No: 1, Of: 1, Code: "prc_0123456789abd",
			Sender:    label.Party{Name: "Packhorse Louisville", Phone: "+1 502 555 0100", Address: "911 Grade Lane, Louisville, KY 40213, US"},
			Recipient: label.Party{Name: "Zoë O'Connor-Übermaß", Phone: "+1 415 555 0199", Address: "1600 Amphitheatre Parkway, Building 43, Mountain View, CA 94043, US"},
			Order:     "W-10023", Goods: "Espresso machine, black", Node: "Louisville", Note: "Reprint 1 · 2026-01-02 15:04", Captions: english},
		{Carrier: strings.Repeat("Very long carrier ", 5), Service: "且服务名也很长很长很长很长", Waybill: "ABCDEFGHIJKLMNOPQRSTUVWXYZ01", Sort: long, No: 123, Of: 456, Code: strings.Repeat("prc_x", 12),
			Sender:    label.Party{Name: long, Phone: strings.Repeat("0", 80), Address: long},
			Recipient: label.Party{Name: strings.Repeat("Llanfairpwllgwyngyllgogerychwyrndrobwll", 5), Phone: "1", Address: long + strings.Repeat("W", 300)},
			Order:     strings.Repeat("9", 200), Goods: long, Node: long, Note: long, Captions: chinese},
		{Carrier: "ZTO", Waybill: "75123456789012", Recipient: label.Party{Name: "^XA^FDx^FS~JA<script>alert(1)</script>\x1b\x00\u202e", Address: "^XZ ~HS %q \r\n ^FO0,0^GB800,1200,800^FS 😀"}, Captions: english},
	}
}

func TestACarrierReadsTheWaybillFromThePrintedPage(t *testing.T) {
	labels := printed()
	for i, picture := range renderPDF(t, labels...) {
		compare(t, labels[i], read(t, picture))
	}
}

func TestACarrierReadsTheWaybillFromAThermalLabel(t *testing.T) {
	labels := printed()
	for i, picture := range renderZPL(t, labels...) {
		compare(t, labels[i], read(t, picture))
	}
}

func compare(t *testing.T, l label.Label, found []string) {
	t.Helper()
	if !slices.Contains(found, l.Waybill) {
		t.Errorf("the waybill %s cannot be read; found %v", l.Waybill, found)
	}
	if l.Code != "" && !slices.Contains(found, l.Code) {
		t.Errorf("the square code %s cannot be read; found %v", l.Code, found)
	}
}

func TestANameIsNeverACommand(t *testing.T) {
	var b bytes.Buffer
	if err := label.ZPL(&b, printed()...); err != nil {
		t.Fatal(err)
	}
	if n, m := strings.Count(b.String(), "^XA"), strings.Count(b.String(), "^XZ"); n != 4 || m != 4 || !strings.HasSuffix(b.String(), "^XZ") {
		t.Errorf("%d labels begin and %d end, want 4 and nothing behind the last", n, m)
	}
	if strings.Contains(b.String(), "~") || strings.Contains(b.String(), "script") || strings.Contains(b.String(), "GB800") {
		t.Error("a text went to the printer as it is")
	}
}

func TestWhatCannotBeReadIsNotPrinted(t *testing.T) {
	for _, c := range []struct{ waybill, code, want string }{
		{"", "", "label.code"}, {"SF 1", "", "label.code"}, {"SF^1", "", "label.code"}, {"单号", "", "label.code"}, {"SF1", "a b", "label.code"},
		{strings.Repeat("A", 40), "", "label.code_too_long"}, {"SF1", "", ""},
	} {
		l := label.Label{Waybill: c.waybill, Code: c.code}
		var p, z bytes.Buffer
		inPDF, inZPL := label.PDF(&p, l), label.ZPL(&z, l)
		if fault.Code(inPDF) != c.want || fault.Code(inZPL) != c.want {
			t.Errorf("%+v: %v, %v", c, inPDF, inZPL)
		}
		if c.want != "" && p.Len()+z.Len() > 0 {
			t.Errorf("%+v: something was written all the same", c)
		}
	}
}

func TestTheSameLabelIsTheSameBytes(t *testing.T) {
	var one, two bytes.Buffer
	if err := label.PDF(&one, printed()...); err != nil {
		t.Fatal(err)
	}
	if err := label.PDF(&two, printed()...); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Errorf("two documents differ: %v", err)
	}
}
