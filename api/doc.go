// Package api is the HTTP edge: it turns requests into calls of services and their answers into JSON.
//
// It owns routes, the forms in which things are shown outside, credentials as they travel, problems (RFC 9457),
// idempotency keys as headers, limits, and the OpenAPI document, which is made from the same table as
// the routes. It decides nothing of the business: a handler decodes, calls one service, encodes.
//
// Ids are shown with a prefix (ord_…, ful_…), amounts as decimal text, times in RFC 3339 UTC.
package api
