// Package repetition holds what docs/firstapply.md says to the AWS provider itself: which calls it repeats that AWS
// refuses because a role, a policy or a key is seconds old. Nothing but its tests is in it.
package repetition
