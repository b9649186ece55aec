package realshop

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// tokens keeps the log-in of the shop's administrator.
type tokens struct {
	mu    sync.Mutex
	admin string
}

// Ways to pay.
const (
	AtOnce = "at-once" // settled with the order
	Later  = "later"   // authorised with the order
)

// Cart is a customer on the way to an order.
type Cart struct {
	shop  *Shop
	token string
	Code  string // the number of the order
	ID    string // its id in the shop
}

// Item is so many of a SKU.
type Item struct {
	SKU      string
	Quantity int
}

// Buy places an order and returns its number.
func (s *Shop) Buy(pay string, items ...Item) (string, error) {
	c, err := s.Fill(items...)
	if err != nil {
		return "", err
	}
	return c.Code, c.Pay(pay)
}

// Fill puts goods into a cart and takes it to the point of payment. What is in a cart is not taken from the stock yet.
func (s *Shop) Fill(items ...Item) (*Cart, error) {
	c := &Cart{shop: s}
	for _, i := range items {
		id, err := s.VariantID(i.SKU)
		if err != nil {
			return nil, err
		}
		var out struct{ AddItemToOrder Answer }
		if err := c.ask(`mutation($v: ID!, $q: Int!) { addItemToOrder(productVariantId: $v, quantity: $q) { __typename ... on Order { id code } ... on ErrorResult { errorCode message } } }`,
			map[string]any{"v": id, "q": i.Quantity}, &out); err != nil {
			return nil, err
		}
		if err := out.AddItemToOrder.wrong(); err != nil {
			return nil, err
		}
		c.Code, c.ID = out.AddItemToOrder.Code, out.AddItemToOrder.ID
	}
	var methods struct {
		EligibleShippingMethods []struct{ ID string }
	}
	no := s.customers.Add(1) // somebody else each time: a warehouse looks twice at whoever buys again and again
	if err := c.step(`mutation($e: String!) { a: setCustomerForOrder(input: {firstName: "芳", lastName: "王", emailAddress: $e}) { __typename ... on ErrorResult { errorCode message } } }`,
		map[string]any{"e": fmt.Sprintf("customer%d@example.com", no)}); err != nil {
		return nil, err
	}
	if err := c.step(`mutation($i: CreateAddressInput!) { a: setOrderShippingAddress(input: $i) { __typename ... on ErrorResult { errorCode message } } }`,
		map[string]any{"i": map[string]any{"fullName": "王芳", "streetLine1": fmt.Sprintf("西湖区文三路 %d 号", no), "streetLine2": fmt.Sprintf("3 单元 %d 室", no), "city": "杭州市",
			"province": "浙江省", "postalCode": "310012", "countryCode": "CN", "phoneNumber": fmt.Sprintf("138%08d", no)}}); err != nil {
		return nil, err
	}
	if err := c.ask(`{ eligibleShippingMethods { id } }`, nil, &methods); err != nil || len(methods.EligibleShippingMethods) == 0 {
		return nil, fmt.Errorf("no way to ship: %v", err)
	}
	if err := c.step(`mutation($m: ID!) { a: setOrderShippingMethod(shippingMethodId: [$m]) { __typename ... on ErrorResult { errorCode message } } }`,
		map[string]any{"m": methods.EligibleShippingMethods[0].ID}); err != nil {
		return nil, err
	}
	return c, c.step(`mutation { a: transitionOrderToState(state: "ArrangingPayment") { __typename ... on ErrorResult { errorCode message } } }`, nil)
}

// Pay makes the cart an order.
func (c *Cart) Pay(method string) error {
	return c.step(`mutation($m: String!) { a: addPaymentToOrder(input: {method: $m, metadata: {}}) { __typename ... on ErrorResult { errorCode message } } }`, map[string]any{"m": method})
}

func (c *Cart) step(query string, vars map[string]any) error {
	var out struct{ A Answer }
	if err := c.ask(query, vars, &out); err != nil {
		return err
	}
	return out.A.wrong()
}

func (c *Cart) ask(query string, vars map[string]any, out any) error {
	token, err := ask(c.shop.url("shop-api"), c.token, query, vars, out)
	if token != "" {
		c.token = token
	}
	return err
}

// Answer is an object of the shop, or why there is none.
type Answer struct {
	Typename  string `json:"__typename"`
	ID        string
	Code      string
	State     string
	ErrorCode string
	Message   string
}

func (a Answer) wrong() error {
	if a.ErrorCode != "" {
		return fmt.Errorf("%s: %s", a.ErrorCode, a.Message)
	}
	return nil
}

// Do sends a mutation of the administrator whose result has the name a.
func (s *Shop) Do(query string, vars map[string]any) (Answer, error) {
	var out struct{ A Answer }
	if err := s.Ask(query, vars, &out); err != nil {
		return out.A, err
	}
	return out.A, out.A.wrong()
}

// Ask sends an operation as the shop's administrator.
func (s *Shop) Ask(query string, vars map[string]any, out any) error {
	s.tokens.mu.Lock()
	defer s.tokens.mu.Unlock()
	if s.tokens.admin == "" {
		var login struct{ Login Answer }
		token, err := ask(s.Admin(), "", `mutation($u: String!, $p: String!) { login(username: $u, password: $p) { __typename ... on ErrorResult { errorCode message } } }`,
			map[string]any{"u": Username, "p": Password}, &login)
		if err != nil {
			return err
		}
		s.tokens.admin = token
	}
	_, err := ask(s.Admin(), s.tokens.admin, query, vars, out)
	return err
}

// VariantID is the shop's id of a SKU.
func (s *Shop) VariantID(sku string) (string, error) {
	var out struct {
		ProductVariants struct{ Items []struct{ ID string } }
	}
	err := s.Ask(`query($k: String!) { productVariants(options: {filter: {sku: {eq: $k}}}) { items { id } } }`, map[string]any{"k": sku}, &out)
	if err == nil && len(out.ProductVariants.Items) != 1 {
		err = fmt.Errorf("the shop has %d of %s", len(out.ProductVariants.Items), sku)
	}
	if err != nil {
		return "", err
	}
	return out.ProductVariants.Items[0].ID, nil
}

// ask sends one operation and returns the token that came with the answer.
func ask(url, token, query string, vars map[string]any, out any) (string, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return "", err
	}
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return "", fmt.Errorf("%w: %.200s", err, raw)
	}
	if len(answer.Errors) > 0 {
		return "", fmt.Errorf("the shop says: %s", answer.Errors[0].Message)
	}
	return res.Header.Get("vendure-auth-token"), json.Unmarshal(answer.Data, out)
}
