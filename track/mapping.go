package track

// meaning is what one code of a carrier says, on our two levels.
type meaning struct {
	Status Status
	Reason Reason
}

// Carriers are grouped by whose codes they speak.
const (
	familyKuaidi100 = "kuaidi100"
	// The simulated carrier speaks the codes of Kuaidi100.
	familySim = "sim"
)

// kuaidi100 are the codes that Kuaidi100 publishes: the state, and below it the second level. Second-level codes
// that we have not seen published are left out on purpose. They are not guessed from their first digit: 101 and
// 102 stand under 1 揽收 although nothing was picked up, and 401 under 4 退签 although nothing was signed.
var kuaidi100 = map[string]meaning{
	"101": {Status: StatusPending}, // 已下单
	"102": {Status: StatusPending}, // 待揽收

	"1":   {Status: StatusPickedUp}, // 揽收
	"103": {Status: StatusPickedUp}, // 已揽收

	"0":    {Status: StatusInTransit},                                 // 在途
	"1001": {Status: StatusInTransit},                                 // 到达派件城市
	"1002": {Status: StatusInTransit},                                 // 干线
	"1003": {Status: StatusInTransit, Reason: ReasonCarrierForwarded}, // 转递
	"7":    {Status: StatusInTransit, Reason: ReasonCarrierForwarded}, // 转投
	"12":   {Status: StatusInTransit},                                 // 已清关

	"5":   {Status: StatusOutForDelivery}, // 派件
	"501": {Status: StatusReadyForPickup}, // 投柜或驿站

	"3":   {Status: StatusDelivered}, // 签收
	"301": {Status: StatusDelivered}, // 本人签收
	"302": {Status: StatusDelivered}, // 派件异常后签收
	"303": {Status: StatusDelivered}, // 代签
	"304": {Status: StatusDelivered}, // 柜或驿站签收

	"2":  {Status: StatusOnHold, Reason: ReasonCarrierException}, // 疑难
	"8":  {Status: StatusOnHold, Reason: ReasonCustomsPending},   // 清关
	"10": {Status: StatusOnHold, Reason: ReasonCustomsPending},   // 待清关
	"11": {Status: StatusOnHold, Reason: ReasonCustomsClearing},  // 清关中
	"13": {Status: StatusOnHold, Reason: ReasonCustomsFailed},    // 清关异常

	"14":  {Status: StatusDeliveryFailed, Reason: ReasonConsigneeRefused}, // 拒签
	"6":   {Status: StatusReturnToSender},                                 // 退回
	"4":   {Status: StatusReturnToSender},                                 // 退签
	"401": {Status: StatusCancelled, Reason: ReasonRetailerVoided},        // 销单
}

// Map gives the meaning of a carrier's code. A code, or a carrier, that is not in the tables gives StatusUnknown and
// false: keep the scan as it came, and show it to somebody who can extend the table.
func Map(carrier, code string) (Status, Reason, bool) {
	m, ok := table(carrier)[code]
	if !ok {
		return StatusUnknown, ReasonNone, false
	}
	return m.Status, m.Reason, true
}

func table(carrier string) map[string]meaning {
	switch carrier {
	case familyKuaidi100, familySim:
		return kuaidi100
	}
	return nil
}
