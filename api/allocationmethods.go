package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
)

// byCompany is the method of a warehouse for which nothing was said.
const byCompany = "company"

// AllocationMethod is how orders get to a warehouse.
type AllocationMethod struct {
	Node   string `json:"node" doc:"code of the warehouse"`
	Method string `json:"method" enum:"company,optimised,plain" doc:"company: as the allocation policy of the company says; optimised: orders that want the same are decided over together; plain: one after the other, the oldest first"`
	Holds  string `json:"holds,omitempty" enum:"optimised,plain" doc:"what that comes to; plain wherever the policy chooses by anything but cost. Told, and not taken"`
}

// AllocationMethods are those of all warehouses.
type AllocationMethods struct {
	Methods []AllocationMethod `json:"methods"`
}

func (s *Server) allocationMethods() {
	query(s, route{path: "/v1/allocation-methods", tag: "orders", id: "list-allocation-methods", scope: access.OrdersRead, summary: "By which rule orders get to each warehouse",
		about: "Of every warehouse; one that was never set goes by the allocation policy of the company."}, (*call).listAllocationMethods)
	command(s, route{path: "/v1/allocation-methods", tag: "orders", id: "save-allocation-method", scope: access.Admin, summary: "Set the rule by which orders get to a warehouse",
		about: "Holds for what is decided from now on. What the plain rule ships from a warehouse that goes by it ships from there, and nothing else does; orders that want the same of other warehouses " +
			"are still decided over together. Problems: http.node, allocation.node, allocation.bad_method."}, (*call).saveAllocationMethod)
}

func (n *names) allocationMethod(m allocation.NodeMethod) AllocationMethod {
	out := AllocationMethod{Node: n.node(m.NodeID), Method: byCompany, Holds: string(m.Holds)}
	if m.Own != "" {
		out.Method = string(m.Own)
	}
	return out
}

func (c *call) listAllocationMethods() (AllocationMethods, error) {
	out := AllocationMethods{Methods: []AllocationMethod{}}
	err := c.ofNodes(func(tx *db.Tx, n *names, keys []int64) error {
		list, err := allocation.MethodsAt(tx, keys)
		for _, m := range list {
			out.Methods = append(out.Methods, n.allocationMethod(m))
		}
		return err
	})
	return out, err
}

func (c *call) saveAllocationMethod(in AllocationMethod) (out AllocationMethod, err error) {
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	node, err := n.nodeOf("node", in.Node)
	if err != nil {
		return out, err
	}
	method := allocation.Method(in.Method)
	if in.Method == byCompany {
		method = ""
	}
	m, err := c.Allocation.SaveMethod(c.ctx, c.once, c.actor(), node.ID, method)
	return n.allocationMethod(m), err
}
