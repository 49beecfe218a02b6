// Package ext stands in for the one of Traefik's repository that no module proxy serves, because its go.mod names it
// by a path. Traefik embeds its types, which are empty in the released program too.
package ext

// HTTP extends the HTTP part of a dynamic configuration by nothing.
type HTTP struct{}

// Router extends a router by nothing.
type Router struct{}
