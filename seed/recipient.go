package seed

import (
	"fmt"
	"math/rand/v2"

	"github.com/packhorse/packhorse/internal/geo"
)

// customer is a person who orders: always in the same shop and to the same entry of the address book.
type customer struct {
	id, ip    string
	shop      shop
	recipient Recipient
}

// people draws customers. Cities are drawn by their population.
type people struct {
	cities       []geo.City
	towns, shops chooser
	words        vocabulary
}

func newPeople() people {
	p := people{cities: geo.Cities(), words: newVocabulary()}
	weights := make([]int64, len(p.cities))
	for i, c := range p.cities {
		weights[i] = c.Weight
	}
	p.towns = newChooser(weights)
	p.shops = shopChooser()
	return p
}

func (p people) draw(r *rand.Rand, id string) customer {
	city := p.cities[p.towns.draw(r)]
	rec := Recipient{
		Name: p.words.personName(r), Phone: p.words.phone(r, city.Province), Country: "CN",
		Province: city.Province, City: city.Name, Address: p.words.street(r),
	}
	if len(city.Districts) > 0 {
		rec.District = one(r, city.Districts)
	}
	ip := fmt.Sprintf("10.%d.%d.%d", r.IntN(256), r.IntN(256), between(r, 1, 254))
	return customer{id: id, ip: ip, shop: shops[p.shops.draw(r)], recipient: rec}
}
