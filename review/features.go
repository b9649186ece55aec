package review

import (
	"net/netip"
	"strings"
)

// Features are what a window compares of an order, normalised. An empty one is never the same as anything.
type Features struct {
	Order   int64 // so that a second review of an order does not count the order itself; 0 where it is not known
	IP      string
	Phone   string
	Address string
	Token   string
	Buyer   string
}

// FeaturesOf takes the comparable part out of an order. Whatever is empty or shown in stars is left out.
func FeaturesOf(f Facts) Features {
	out := Features{Order: f.Order.ID, IP: ipKey(f.Buyer.IP), Token: plainText(f.Buyer.Token)}
	if buyer := plainText(f.Buyer.ID); buyer != "" {
		out.Buyer = f.Order.Channel + ":" + buyer // two channels may use one name for two people
	}
	if !f.Recipient.Masked {
		out.Phone, out.Address = PhoneKey(f.Recipient.Phone), AddressKey(f.Recipient)
	}
	return out
}

// ipKey is the address for IPv4 and the /64 for IPv6, because one household or phone draws its addresses
// out of a /64. Addresses that name no one, such as loopback, are left out.
func ipKey(text string) string {
	ip, err := netip.ParseAddr(strings.TrimSpace(text))
	if err != nil {
		return ""
	}
	ip = ip.Unmap().WithZone("")
	if ip.IsUnspecified() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsMulticast() {
		return ""
	}
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return ""
	}
	return prefix.String()
}

func plainText(s string) string {
	if s = strings.TrimSpace(s); starred(s) {
		return ""
	}
	return s
}
