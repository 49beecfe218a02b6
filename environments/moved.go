package environments

// moved are settings of environments that the account's file has now, and what to write instead.
var moved = map[string]string{
	"project": "is the account's: set it in the account's file, accounts/<name>.yaml, and remove the line",
}

// refuseMoved reports settings of an earlier grammar with the way to move them, which the schema can't say.
func (d *document) refuseMoved() {
	object, isObject := d.value.(map[string]any)
	if d.grammar != environmentGrammar || !isObject {
		return
	}
	for setting, remedy := range moved {
		if _, set := object[setting]; set {
			d.refuse(setting, "%s", remedy)
		}
	}
	if _, old := object["account"].(map[string]any); old {
		d.refuse("account",
			"is a mapping, and an account has a file of its own: move id and role to accounts/<name>.yaml, with owner, "+
				"repository and region (docs/account.md), drop owner: true, which every account's own stacks stand for now, "+
				"and name the file here, for instance `account: production`")
	}
}
