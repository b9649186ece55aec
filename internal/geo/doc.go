// Package geo knows roughly where places are: Chinese cities, Brazilian states, and one point and time zone per
// country. It answers "which node is nearer?", not "where is this door?": coordinates carry two decimals of a degree,
// about a kilometre.
//
// It owns the tables and the reading of place names as they stand in orders (浙江 or 浙江省, São Paulo or SP). It does
// not check addresses, knows no roads, and does not decide which node serves an order.
package geo
