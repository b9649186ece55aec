package carrier

import (
	"math/rand/v2"
	"time"
)

// Codes as Kuaidi100 publishes them: a state, or a state with its second level.
const (
	codeOrdered   = "101" // 已下单
	codeCollected = "103" // 已揽收
	codeDeparted  = "0"
	codeArrived   = "1001" // 到达派件城市
	codeLineHaul  = "1002" // 干线
	codeTrouble   = "2"
	codeReturned  = "4"   // 退签: the sender signed
	codeVoided    = "401" // 销单
	codeOut       = "5"
	codeLocker    = "501"
	codeGoingBack = "6"
	codeRefused   = "14"
	codeSigned    = "301"
	codeSignedBad = "302" // signed after trouble
	codeProxy     = "303"
	codeFetched   = "304" // from the locker or the station
)

// scans are all scans this parcel will ever have, future ones included.
func (p *parcel) scans(cfg Config) []scan {
	j := journey{
		rng:   rand.New(rand.NewPCG(cfg.Seed, hash("journey", p.booking.Waybill))),
		at:    p.booked,
		from:  p.shipment.Sender.City,
		to:    p.shipment.Recipient.City,
		step:  cfg.StepTime,
		steps: max(1, int64(time.Duration(days(p.shipment.Sender, p.shipment.Recipient))*24*time.Hour-20*time.Hour)/int64(cfg.StepTime)),
	}
	j.scan(codeOrdered, "商家已下单，等待揽收", j.from)
	switch {
	case !p.voided.IsZero():
		j.at = p.voided
		j.scan(codeVoided, "运单已取消", j.from)
	case !p.collected.IsZero():
		j.at = p.collected
		j.travel(cfg.Fates)
	}
	return j.told
}

// journey draws a parcel's life. It depends on the seed, the waybill and the moments of booking and hand-over, and
// on nothing else; a track asked a hundred times is the same track.
type journey struct {
	rng   *rand.Rand
	at    time.Time
	from  string
	to    string
	step  time.Duration
	steps int64
	told  []scan
}

func (j *journey) scan(code, text, place string) {
	j.told = append(j.told, scan{At: j.at.UTC().Truncate(time.Second), Code: code, Text: text, Place: place})
}

// wait lets between least and most pass.
func (j *journey) wait(least, most time.Duration) {
	j.at = j.at.Add(least + time.Duration(j.rng.Int64N(int64(most-least)+1)))
}

// morning waits for the couriers' next round, between 8 and 10 o'clock in China.
func (j *journey) morning() {
	const round = 24 * time.Hour
	local := j.at.Add(8 * time.Hour)
	next := local.Truncate(round).Add(8 * time.Hour)
	if next.Before(local) {
		next = next.Add(round)
	}
	j.at = next.Add(-8 * time.Hour)
	j.wait(0, 2*time.Hour)
}

func (j *journey) travel(f Fates) {
	fate, kind := j.rng.Float64(), j.rng.IntN(3)
	late, lost := fate < f.Late, fate >= f.Late && fate < f.Late+f.Lost
	rest := fate - f.Late - f.Lost

	j.collect(late && kind == 0)
	if !j.road(late, lost, kind) {
		return
	}
	j.scan(codeArrived, "快件已到达派件城市【"+j.to+"】", j.to)
	j.morning()
	j.scan(codeOut, "快递员正在派件，请保持电话畅通", j.to)
	j.wait(time.Hour, 7*time.Hour)
	switch {
	case rest >= 0 && rest < f.Refused:
		j.goBack()
	case rest >= f.Refused && rest < f.Refused+f.Locker:
		j.scan(codeLocker, "快件已存放至快递柜，请凭取件码领取", j.to)
		j.wait(2*time.Hour, 40*time.Hour)
		j.scan(codeFetched, "快件已从快递柜取出，已签收", j.to)
	default:
		j.sign()
	}
}

// collect is the first scan: within hours, or days after the hand-over when the sack was left lying.
func (j *journey) collect(forgotten bool) {
	if forgotten {
		j.wait(30*time.Hour, 60*time.Hour)
	} else {
		j.wait(10*time.Minute, 4*time.Hour)
	}
	j.scan(codeCollected, "【"+j.from+"】已揽收", j.from)
	j.wait(time.Hour, 4*time.Hour)
	j.scan(codeDeparted, "快件离开【"+j.from+"】，发往转运中心", j.from)
}

// road is the line-haul; false when the parcel never comes off it.
func (j *journey) road(late, lost bool, kind int) bool {
	stop := j.rng.Int64N(j.steps)
	for i := range j.steps {
		j.wait(j.step*3/4, j.step*5/4)
		if lost && i == stop {
			return false
		}
		j.scan(codeLineHaul, "快件运输中", "")
		if !late || i != stop || kind == 0 {
			continue
		}
		if kind == 1 {
			j.scan(codeTrouble, "因天气或交通原因，快件滞留，预计延误", "")
		}
		j.wait(48*time.Hour, 96*time.Hour)
	}
	return true
}

// goBack is a refusal at the door and the way home, ending with the sender's signature.
func (j *journey) goBack() {
	j.scan(codeRefused, "收件人拒签", j.to)
	j.wait(2*time.Hour, 8*time.Hour)
	j.scan(codeGoingBack, "快件退回中", j.to)
	for range j.steps {
		j.wait(j.step*3/4, j.step*5/4)
		j.scan(codeLineHaul, "快件退回运输中", "")
	}
	j.morning()
	j.scan(codeReturned, "退件已由发件人签收", j.from)
}

// sign ends most parcels: in person, by somebody else, or on the second try.
func (j *journey) sign() {
	switch n := j.rng.IntN(20); {
	case n == 0:
		j.scan(codeTrouble, "联系不上收件人，派件未成功", j.to)
		j.morning()
		j.scan(codeOut, "快件再次派送", j.to)
		j.wait(time.Hour, 7*time.Hour)
		j.scan(codeSignedBad, "已签收", j.to)
	case n < 6:
		j.scan(codeProxy, "已由家人或前台代收", j.to)
	default:
		j.scan(codeSigned, "已签收，签收人：本人", j.to)
	}
}

// stutter tells a scan twice and out of place, as carriers do when a hub sends its file again.
func (d *dice) stutter(waybill string, scans []scan) []scan {
	if d.faults.Duplicate == 0 || len(scans) == 0 {
		return scans
	}
	rng := rand.New(rand.NewPCG(d.seed, hash("stutter", waybill)))
	if rng.Float64() >= d.faults.Duplicate {
		return scans
	}
	twice := scans[rng.IntN(len(scans))]
	return append(scans, twice)
}
