package seed

// Carton is a packing material of the company.
type Carton struct {
	Code    string `json:"code"`
	Kind    string `json:"kind"`     // box or mailer
	InnerMM [3]int `json:"inner_mm"` // length, width, height
	MaxG    int    `json:"max_g"`
	TareG   int    `json:"tare_g"`
	CostFen int64  `json:"cost"`
}

// Cartons are the boxes and mailers of every warehouse, smallest first in each kind. The largest box takes every SKU
// of the catalogue.
func (c *Company) Cartons() []Carton {
	return []Carton{
		{"M1", "mailer", [3]int{280, 200, 30}, 1500, 15, 25},
		{"M2", "mailer", [3]int{380, 280, 60}, 3000, 25, 40},
		{"M3", "mailer", [3]int{500, 400, 100}, 5000, 45, 70},
		{"B1", "box", [3]int{180, 120, 80}, 3000, 60, 60},
		{"B2", "box", [3]int{230, 160, 120}, 5000, 95, 85},
		{"B3", "box", [3]int{290, 200, 150}, 8000, 150, 120},
		{"B4", "box", [3]int{350, 250, 180}, 12000, 230, 165},
		{"B5", "box", [3]int{420, 310, 240}, 18000, 350, 230},
		{"B6", "box", [3]int{530, 380, 290}, 25000, 520, 330},
		{"B7", "box", [3]int{680, 480, 400}, 30000, 840, 490},
	}
}
