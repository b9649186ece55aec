// Package typescript writes the types of the screens from the document of the API.
//
// It owns the translation of an OpenAPI document into one file of TypeScript: an interface for every schema, and for every
// operation its parameters, body and answer. It does not own the document, nor the client that uses the types.
//
// Words: a schema is a shape that has a name; an operation is what one method at one path does.
package typescript
