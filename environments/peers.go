package environments

// Peers are the environments that one delivers with. They follow from all the files together, so nobody has
// to write them down twice.
type Peers struct {
	PromotesFrom *Peer  // whose image this one deploys; nil where it builds its own
	PromotesTo   []Peer // who deploy this one's image
	Secondary    *Peer  // who stands in for this one, and is delivered to by its pipeline; nil is nobody
	Primary      *Peer  // whom this one stands in for, and whose pipeline delivers here
}

// Peer is another environment of the folder, as far as a stack has to name what is there.
type Peer struct{ Environment }

// Resolve finds the peers and bases of environments anew, after a change to one that Load has returned.
func Resolve(all []Environment) []Environment {
	var files set
	for _, environment := range all {
		files = append(files, &file{Environment: environment})
	}
	files.resolve()
	resolved := make([]Environment, len(files))
	for i, one := range files {
		resolved[i] = one.Environment
	}
	return resolved
}

// resolve finds every environment's peers. Files that have problems take no part.
func (s set) resolve() {
	for _, one := range s {
		one.Peers, one.Bases = Peers{}, s.bases(one.Environment)
		// Nobody's names can be looked up in a zone before its own file's are.
		for _, other := range s {
			if other.DNS.CreateZone && !other.DNS.Delegated && other.DNS.Zone == one.DNS.Zone {
				one.DNS.Delegated = false
			}
		}
	}
	plain := map[string]Environment{} // without peers of their own
	for _, one := range s {
		plain[one.Name] = one.Environment
	}
	for _, one := range s {
		if from, ok := plain[one.Delivery.PromotesFrom]; ok {
			one.Peers.PromotesFrom = &Peer{from}
		}
		if primary, ok := plain[one.DR.Primary]; ok {
			one.Peers.Primary = &Peer{primary}
		}
		for _, other := range s {
			if other.Delivery.PromotesFrom == one.Name {
				one.Peers.PromotesTo = append(one.Peers.PromotesTo, Peer{plain[other.Name]})
			}
			if other.DR.Primary == one.Name {
				one.Peers.Secondary = &Peer{plain[other.Name]}
			}
		}
	}
}
