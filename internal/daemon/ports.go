package daemon

import (
	"fmt"
	"net"
)

// FreePorts are ports of the loopback interface that nobody listens on. All are held until the last is found, so that
// they differ; another program may take one before it is used.
func FreePorts(count int) ([]int, error) {
	var ports []int
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("looking for a free port: %w", err)
		}
		defer func() { _ = listener.Close() }() // only its number was wanted
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
