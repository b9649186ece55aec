package seed

// Warehouse is one row of the warehouse import.
type Warehouse struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	TimeZone string `json:"timezone"`
	Country  string `json:"country"`
	Province string `json:"province"`
	City     string `json:"city"`
	District string `json:"district"`
	Address  string `json:"address"`
	Lat      string `json:"lat"` // degrees
	Lng      string `json:"lng"`
	Capacity int    `json:"capacity_orders_day"`
	Handling string `json:"handling_cost"` // per parcel, decimal, in the currency of the company
	Cutoffs  string `json:"cutoffs"`
}

// Warehouses are the company's three: the Yangtze delta, the Pearl delta, and the south-west.
func (c *Company) Warehouses() []Warehouse {
	return []Warehouse{
		{"JX", "嘉兴嘉善仓", "Asia/Shanghai", "CN", "浙江省", "嘉兴市", "嘉善县", "物流二路88号3号库", "30.83", "120.93", 6000, "1.60", "SF=16:00;JD=16:30;YTO=18:00;ZTO=18:30"},
		{"DG", "东莞虎门仓", "Asia/Shanghai", "CN", "广东省", "东莞市", "", "虎门镇仓前路201号B栋", "22.82", "113.67", 5000, "1.70", "SF=16:30;JD=16:00;YTO=18:30;ZTO=19:00"},
		{"CD", "成都青白江仓", "Asia/Shanghai", "CN", "四川省", "成都市", "青白江区", "铁港三路66号1号库", "30.88", "104.25", 3000, "1.40", "SF=15:30;JD=15:30;YTO=17:30;ZTO=17:30"},
	}
}
