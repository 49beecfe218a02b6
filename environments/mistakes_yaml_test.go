package environments

// textMistakes are files that are no text, or not the text that they seem to be.
var textMistakes = []mistake{
	{"byte order mark", edit{"tier: production", "\ufefftier: production"},
		"prod.yaml:1:1: the file begins with a byte order mark; save it as UTF-8 without one"},
	{"UTF-16", edit{"tier: production", "\xff\xfet\x00i\x00e\x00r\x00"},
		"prod.yaml:1:1: the file is not UTF-8: here is the byte 0xff; save it as UTF-8"},
	{"Latin-1", edit{"owner: platform", "owner: b\xfcro"},
		"prod.yaml:2:9: the file is not UTF-8: here is the byte 0xfc; save it as UTF-8"},
	{"NUL", edit{"owner: platform", "owner: plat\x00form"},
		"prod.yaml:2:12: the file holds U+0000 here, a control character; remove it"},
	{"escape character", edit{"owner: platform", "owner: \x1b[31mplatform"},
		"prod.yaml:2:8: the file holds U+001B here, a control character; remove it"},
	{"carriage return alone", edit{"owner: platform\n", "owner: platform\r"},
		"prod.yaml:2:16: the file holds U+000D here, a control character; remove it"},
	{"next line (U+0085)", edit{"owner: platform", "owner: plat\u0085form"},
		"prod.yaml:2:12: the file holds U+0085 here, a control character; remove it"},
	{"right-to-left override in a comment", edit{"owner: platform", "owner: platform # \u202eesrever"},
		"prod.yaml:2:19: the file holds U+202E here, a character that hides or moves text; remove it"},
	{"isolate in a value", edit{"owner: platform", "owner: plat\u2066form"},
		`prod.yaml:2:1: owner is "plat\u2066form", with the invisible character U+2066; remove it` + "\n" +
			"prod.yaml:2:12: the file holds U+2066 here, a character that hides or moves text; remove it"},
	{"zero-width space in a name of a setting", edit{"owner: platform", "ow\u200bner: platform"},
		`prod.yaml:2:1: a key of the file is "ow\u200bner", which is not a setting: ` +
			`names are words, and what is in a section stands in a mapping below its name` + "\n" +
			"prod.yaml:2:3: the file holds U+200B here, a character that hides or moves text; remove it"},
	{"soft hyphen", edit{"owner: platform", "owner: plat\u00adform"},
		`prod.yaml:2:1: owner is "plat\u00adform", with the invisible character U+00AD; remove it` + "\n" +
			"prod.yaml:2:12: the file holds U+00AD here, a character that hides or moves text; remove it"},
	{"line separator", edit{"owner: platform", "owner: platform # a\u2028tier: development"},
		"prod.yaml:2:20: the file holds U+2028 here, a character that hides or moves text; remove it"},
	{"two invisible characters", edit{"owner: platform", "owner: plat\u200dform # \u200f"},
		`prod.yaml:2:1: owner is "plat\u200dform", with the invisible character U+200D; remove it` + "\n" +
			"prod.yaml:2:12: the file holds U+200D here, a character that hides or moves text; remove it" + "\n" +
			"prod.yaml:2:20: the file holds U+200F here, a character that hides or moves text; remove it"},
	{"escaped override", edit{"owner: platform", "owner: \"plat\\u202eform\""},
		`prod.yaml:2:1: owner is "plat\u202eform", with the invisible character U+202E; remove it`},
	{"escaped line break", edit{"owner: platform", "owner: \"platform\\n\""},
		`prod.yaml:2:1: owner is "platform\n", with the invisible character U+000A; remove it`},
	{"literal block", edit{"owner: platform", "owner: |\n  platform\n  team"},
		`prod.yaml:2:1: owner is "platform\nteam\n", with the invisible character U+000A; remove it`},
	{"spaces around", edit{"owner: platform", `owner: " platform "`},
		`prod.yaml:2:1: owner is " platform ", with a space at its beginning or end; remove it`},
}

// syntaxMistakes are files that are not YAML, each with the place of what it fails by.
var syntaxMistakes = []mistake{
	{"not yaml", edit{"owner: platform", "owner: [platform"},
		"prod.yaml:2:8: is not YAML: did not find expected ',' or ']'; check quotes, brackets, " +
			"colons and the indentation (spaces, no tabs)"},
	{"tab indentation", edit{"  cidr:", "\tcidr:"},
		"prod.yaml:9:1: is not YAML: found character that cannot start any token; " +
			"check quotes, brackets, colons and the indentation (spaces, no tabs)"},
	{"colon in a value", edit{"owner: platform", "owner: platform: team"},
		"prod.yaml:2:16: is not YAML: mapping values are not allowed in this context; " +
			"check quotes, brackets, colons and the indentation (spaces, no tabs)"},
	{"unclosed quote", edit{"owner: platform", `owner: "platform`},
		"prod.yaml:2:8: is not YAML: mapping values are not allowed in this context; " +
			"check quotes, brackets, colons and the indentation (spaces, no tabs)"},
	{"unclosed brace",
		edit{"dns: {zone: titan.example.com, create_zone: true}", "dns: {zone: titan.example.com, create_zone: true"},
		"prod.yaml:7:6: is not YAML: did not find expected ',' or '}'; check quotes, brackets, " +
			"colons and the indentation (spaces, no tabs)"},
	{"one brace too many", edit{"create_zone: true}", "create_zone: true}}"},
		"prod.yaml:7:50: is not YAML: did not find expected key; check quotes, brackets, " +
			"colons and the indentation (spaces, no tabs)"},
	{"less indentation than its section", edit{"      instance_types", "    instance_types"},
		"prod.yaml:14:5: is not YAML: did not find expected '-' indicator; " +
			"check quotes, brackets, colons and the indentation (spaces, no tabs)"},
	{"more indentation than its neighbours", edit{"  node_groups:", "    node_groups:"},
		"prod.yaml:12:5: is not YAML: did not find expected key; check quotes, brackets, " +
			"colons and the indentation (spaces, no tabs)"},
	{"list item without a list", edit{"owner: platform", "- platform"},
		"prod.yaml:2:1: is not YAML: did not find expected key; check quotes, brackets, " +
			"colons and the indentation (spaces, no tabs)"},
	{"no colon", edit{"owner: platform", "owner platform"},
		"prod.yaml:2:1: is not YAML: could not find expected ':'; check quotes, brackets, " +
			"colons and the indentation (spaces, no tabs)"},
	{"percent sign first", edit{"owner: platform", "owner: %platform"},
		"prod.yaml:2:8: is not YAML: found character that cannot start any token; " +
			"check quotes, brackets, colons and the indentation (spaces, no tabs)"},
	{"at sign first", edit{"owner: platform", "owner: @platform"},
		"prod.yaml:2:8: is not YAML: found character that cannot start any token; " +
			"check quotes, brackets, colons and the indentation (spaces, no tabs)"},
	{"unknown escape", edit{"owner: platform", "owner: \"plat\\dform\""},
		"prod.yaml:2:8: is not YAML: found unknown escape character; check quotes, brackets, " +
			"colons and the indentation (spaces, no tabs)"},
	{"undefined alias", edit{"owner: platform", "owner: *platform"},
		"prod.yaml:2:8: is not YAML: unknown anchor 'platform' referenced; " +
			"check quotes, brackets, colons and the indentation (spaces, no tabs)"},
	{"tag directive of nothing", edit{"owner: platform", "owner: !x!y platform"},
		"prod.yaml:2:10: is not YAML: found undefined tag handle; check quotes, brackets, " +
			"colons and the indentation (spaces, no tabs)"},
	{"merge conflict", edit{"owner: platform", "<<<<<<< HEAD\nowner: platform\n=======\nowner: other\n>>>>>>> main"},
		"prod.yaml:2:1: is not YAML: could not find expected ':'; check quotes, brackets, " +
			"colons and the indentation (spaces, no tabs)"},
}

// yamlMistakes are features of YAML by which a file would say something else than it seems to.
var yamlMistakes = []mistake{
	{"duplicate key", edit{"owner: platform", "owner: platform\nowner: other"},
		"prod.yaml:3:1: owner is set twice, first on line 2; remove one of them"},
	{"alias", edit{"owner: platform\n", "owner: &o platform\nproject: *o\n"},
		"prod.yaml:3:1: project is an alias (*o): aliases are not taken here, so that a file says what it means; " +
			"write the value out"},
	{"merge key", edit{"network:\n", "network:\n  <<: {nat: single}\n"},
		"prod.yaml:9:3: a key of network is not a plain word: merges (<<), tags, " +
			"and keys made of lists or mappings are not taken here; write the settings out"},
	{"two documents", edit{"tier: production", "tier: production\n---\ntier: production"},
		"prod.yaml:2:1: the file holds more than one YAML document: one file is one environment; " +
			"remove what follows the second ---"},
	{"custom tag", edit{"owner: platform", "owner: !team platform"},
		"prod.yaml:2:1: owner carries the tag !team: tags are not taken here, " +
			"because they make another value of what is written; write the value alone"},
	{"binary", edit{"owner: platform", "owner: !!binary cGxhdGZvcm0="},
		"prod.yaml:2:1: owner carries the tag !!binary: tags are not taken here, " +
			"because they make another value of what is written; write the value alone"},
	{"string by a tag", edit{`version: "1.35"`, "version: !!str 1.35"},
		"prod.yaml:11:3: cluster.version carries the tag !!str: tags are not taken here, " +
			"because they make another value of what is written; write the value alone"},
	{"number by a tag", add(`observability: {budget_usd: !!int "100"}`),
		"prod.yaml:8:17: observability.budget_usd carries the tag !!int: " +
			"tags are not taken here, because they make another value of what is written; write the value alone"},
	{"tag of a list", edit{"[m7i.xlarge]", "!!set [m7i.xlarge]"},
		"prod.yaml:14:7: cluster.node_groups[0].instance_types carries the tag !!set: " +
			"tags are not taken here, because they make another value of what is written; write the value alone"},
	{"tag of a section", add("edge: !edge {rate_limit: 100}"),
		"prod.yaml:8:1: edge carries the tag !edge: tags are not taken here, " +
			"because they make another value of what is written; write the value alone"},
	{"tag of a name", add("!!str edge: {rate_limit: 100}"),
		"prod.yaml:8:1: a key of the file is not a plain word: merges (<<), tags, " +
			"and keys made of lists or mappings are not taken here; write the settings out"},
	{"list for a name", add("? [a, b]\n: c"),
		"prod.yaml:8:3: a key of the file is not a plain word: merges (<<), tags, " +
			"and keys made of lists or mappings are not taken here; write the settings out"},
	{"dotted name", add("edge.rate_limit: 100"),
		`prod.yaml:8:1: a key of the file is "edge.rate_limit", which is not a setting: ` +
			`names are words, and what is in a section stands in a mapping below its name`},
	{"dotted name beside its section", add("network.cidr: 10.30.0.0/16"),
		`prod.yaml:8:1: a key of the file is "network.cidr", which is not a setting: ` +
			`names are words, and what is in a section stands in a mapping below its name`},
	{"empty name", add(`"": 1`),
		`prod.yaml:8:1: a key of the file is "", which is not a setting: ` +
			`names are words, and what is in a section stands in a mapping below its name`},
	{"name with an expression", add(`"${edge}": 1`),
		`prod.yaml:8:1: a key of the file is "${edge}", which is not a setting: names are words, ` +
			`and what is in a section stands in a mapping below its name`},
	{"duplicate in a section", edit{"  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  cidr: 10.40.0.0/16"},
		"prod.yaml:10:3: network.cidr is set twice, first on line 9; remove one of them"},
	{"third document that is broken", edit{"tier: production", "---\ntier: production\n---\n["},
		"prod.yaml: the file holds more than one YAML document: one file is one environment; " +
			"remove what follows the second ---"},
}
