package faststart

import "os"

// nodeWarnings are jsii's banners about the version of Node, with the value that silences each. They would cover every
// run's output, while `make setup` says once which Node to prefer. JSII_SILENCE_WARNING_KNOWN_BROKEN_NODE_VERSION is
// not here: who meets that one should read it.
var nodeWarnings = map[string]string{
	"JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20,22,24", // takes a list of major versions
	"JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION":  "1",        // the months between Node's end of life and jsii's
	"JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION":    "1",        // what is newer than jsii-runtime-go 1.140 knows: Node 26
}

func silenceNodeWarnings() {
	for variable, value := range nodeWarnings {
		if _, set := os.LookupEnv(variable); !set {
			_ = os.Setenv(variable, value) // fails only on an invalid name
		}
	}
}
