package main

import "os"

// temporaryVariable is where programs put temporary files on Unix.
const temporaryVariable = "TMPDIR"

// usersTemporary is TMPDIR as the user has it, for a program that outlives this one.
var usersTemporary = os.Getenv(temporaryVariable)

// withTemporaryFolder does something with a temporary folder of this process's own, which is gone afterwards with all
// that this program, Go, Node, Terraform and its providers leave in it. Where there is no room for one, they say so.
func withTemporaryFolder(do func() int) int {
	folder, err := os.MkdirTemp("", "titan-")
	if err != nil {
		return do()
	}
	defer func() { _ = os.RemoveAll(folder) }() // what a program still writes there is no reason to fail
	if err := os.Setenv(temporaryVariable, folder); err != nil {
		return do()
	}
	return do()
}
