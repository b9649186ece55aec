// Package shape looks at what waits to be picked and says how: it splits the pool by the shape of its orders, gives every
// shape the method that suits it, and predicts metres and minutes beside those of the plain rule, order by order.
//
// It owns the shapes, the rule which method follows, and the prediction. It does not own the pool (wave), the tours
// (pick/route), nor which multi-line orders are best walked together (wave/batching): groups here are made in the order
// in which the orders come, so what is saved is saved by recognising the shape alone.
//
// Words: the pool is what waits; a part is the orders of one shape; a tour is one walk from the depot and back. The
// content of an order is its SKUs with their quantities.
//
// Everything here is a pure function of its arguments: whole millimetres and seconds, no clock, no chance. The methods
// are those of the trade: picking order by order (摘果), sorting while picking into the boxes of a cart (边拣边分), picking
// together and sorting at a wall (先拣后分), and singles and hot goods straight to the packing table. The model of time
// (walking, finding, taking, sorting, setting up) is that of Tompkins, White, Bozer and Tanchoco, "Facilities Planning",
// and of Henn and Waescher (2012).
package shape
