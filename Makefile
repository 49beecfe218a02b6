# Titan: `make` lists what there is to do. Every target installs what it needs through `setup`, which does nothing when nothing is missing.

# A plain `go` tool chain and Terraform's own configuration are all that is used; a CLI configuration that is named but missing would
# only print warnings.
ifneq ($(TF_CLI_CONFIG_FILE),)
ifeq ($(wildcard $(TF_CLI_CONFIG_FILE)),)
unexport TF_CLI_CONFIG_FILE
endif
endif

# Built, because `go run` says 'exit status 1' after every error of its own program.
TITAN := .titan/bin/titan

.DEFAULT_GOAL := help
.PHONY: help setup titan synth preflight describe cost plan review deploy destroy leftovers failover demo demo-down demo-platform demo-platform-down test golden moves workflows docs schema e2e e2e-demo e2e-platform e2e-failover e2e-fresh e2e-upgrade e2e-options e2e-guarded scan audit test-adopter test-cluster test-control bench lint fuzz

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## check the tools, get modules and the cdktf CLI
	@scripts/setup.sh

titan: setup # which builds it

preflight: titan ## ask the account whether a first apply will go through (ENV=dev)
	@$(TITAN) preflight $(ENV)

describe: titan ## say what an environment is, who reaches and reads what in it, and whether it holds its invariants (ENV=dev; REACH=database, READ=db-credentials)
	@$(TITAN) describe $(ENV) $(REACH:%=--reach %) $(READ:%=--read %)

cost: titan ## estimate what an environment costs a month, at list prices (ENV=dev)
	@$(TITAN) cost $(ENV)

plan: titan ## show what a deployment would change (ENV=dev, or a stack's name; ONLY=dev.global: of those stacks)
	@$(TITAN) plan $(ENV) $(ONLY:%=--only %)

review: titan ## plan, and say what an apply would lose, open, interrupt or cost (ENV=dev; ALLOW=data-loss=ADDRESS …; MARKDOWN=1)
	@$(TITAN) plan $(ENV) --out plans $(if $(MARKDOWN),>&2)
	@$(TITAN) review $(ENV) $(if $(MARKDOWN),--markdown) $(foreach allowance,$(ALLOW),--allow '$(allowance)')

deploy: titan ## plan, review, ask and apply in the stacks' order (ENV=dev, or a stack's name; ONLY=…; ALLOW=data-loss=ADDRESS …)
	@$(TITAN) deploy $(ENV) $(ONLY:%=--only %) $(foreach allowance,$(ALLOW),--allow '$(allowance)')

destroy: titan ## plan the destruction, review, ask and apply it, the last stack first (ENV=dev, or a stack's name; ONLY=…)
	@$(TITAN) destroy $(ENV) $(ONLY:%=--only %)

leftovers: titan ## name what of an environment is in AWS and in no state (ENV=dev; DELETE=1: and ask about deleting it)
	@$(TITAN) leftovers $(ENV) $(if $(DELETE),--delete)

failover: titan ## fail over to the second region step by step, or go on with it (ENV=prod; BACK=1: and back)
	@$(TITAN) failover $(ENV) $(if $(BACK),--back)

synth: setup ## write every environment's Terraform JSON to cdktf.out (TITAN_ENVIRONMENTS=prod,dev limits it)
	@go run .

demo: titan ## deploy `local` to an emulated AWS on this machine, plan again, print its outputs and what to look at
	@$(TITAN) demo up

demo-down: titan ## destroy what `make demo` made and stop the emulator
	@$(TITAN) demo down

demo-platform: titan ## install a platform's charts on a Kubernetes of this machine with simulated nodes, print what there is (ENV=prod by default; CHARTS=FOLDER of archives)
	@$(TITAN) demo platform up $(ENV) $(CHARTS:%=--charts %)

demo-platform-down: titan ## stop what `make demo-platform` started
	@$(TITAN) demo platform down

test: setup lint ## what CI runs: checks, unit tests, golden files, terraform validate
	go test -timeout 30m ./...
	cd tests/queries && go test ./...

golden: titan ## write the golden files, the tables of stacks, regions and invariants in docs, and the workflows anew, after a change that is meant
	go test ./tests -run 'TestFixtures/(golden|addresses)|TestTheDesignHasTheTableOfStacks|TestTheDocsHaveTheTableOfRegions' -update
	go test ./internal/pathproof -run TestTheDocsHaveTheTableOfInvariants -update
	@$(TITAN) workflows

workflows: titan ## write GitHub's workflows in .github anew, after a change of the environments
	@$(TITAN) workflows

moves: titan ## print the rows of stacks/moved.go that a change of construct ids needs, before `make golden`
	@TITAN_ENVIRONMENTS_DIR=tests/fixtures/platform $(TITAN) moves --golden tests/golden

docs: titan ## write the pages and pictures of docs/ that are made of facts anew
	@$(TITAN) docs

schema: titan ## write environments/schema.json anew, after a change to the types of environment files
	@$(TITAN) schema

# A name that is in no file is refused here, and not after minutes.
known = @$(TITAN) list $(filter-out all,$(ENV)) >/dev/null

# Nearly all of such a test is waiting: six run side by side on any machine.
e2e: titan ## deploy, plan, break and destroy environments on emulators (ENV=dev, ENV=dev,prod; default: all)
	$(known)
	TITAN_E2E=$(or $(ENV),all) go test -tags e2e -count=1 -timeout 60m -parallel 6 -v ./tests/e2e
	$(if $(ENV),,go test -tags e2e -count=1 -timeout 20m -v -run TestSettingsOfTheWebACLComeAndGo ./tests)
	$(if $(ENV),,go test -tags e2e -count=1 -timeout 20m -v -run TestBlocksOfRunbooksRunOnTheEmulator ./internal/runbooks)

e2e-demo: setup ## run the demo, and each command that it shows at its end (a quarter of an hour, not in CI)
	go test -tags e2e,demo -count=1 -timeout 60m -v -run TestTheDemoIsAsItSays ./tests/e2e

e2e-platform: setup ## run demo-platform, and each command that it shows at its end (some minutes, not in CI)
	go test -tags e2e,demo -count=1 -timeout 30m -v -run TestThePlatformDemoIsAsItSays ./tests/e2e

e2e-failover: setup ## lose the primary's region on an emulator, fail over and back with `titan failover`, twice (about an hour, not in CI)
	go test -tags e2e,failover -count=1 -timeout 120m -v -run TestFailoverAndBackTwice ./tests/e2e

e2e-fresh: titan ## apply once to an emulated account that refuses what a fresh one does (ENV=dev by default; a quarter of an hour, not in CI)
	$(known)
	TITAN_E2E=$(or $(ENV),dev) go test -tags e2e,fresh -count=1 -timeout 60m -v -run TestFirstApplyInAFreshAccount ./tests/e2e

e2e-upgrade: titan ## take an environment on the emulator from Kubernetes 1.34 to the newest, step by step (ENV=dev by default; not in CI)
	$(known)
	TITAN_E2E=$(or $(ENV),dev) go test -tags e2e,upgrade -count=1 -timeout 60m -v -run TestUpgradesFollowEachOther ./tests/e2e

e2e-options: titan ## make e2e over files that use every option, under the longest names (ENV=singlenode; hours for all, not in CI)
	@TITAN_ENVIRONMENTS_DIR=tests/fixtures/options $(TITAN) list $(filter-out all,$(ENV)) >/dev/null
	TITAN_E2E_FILES=tests/fixtures/options TITAN_E2E=$(or $(ENV),all) go test -tags e2e -count=1 -timeout 240m -v -run TestEnvironments ./tests/e2e

e2e-guarded: titan ## review forty real changes of production, and kill a deployment at six places (an hour, not in CI; UPDATE=1 writes docs/reviews.md)
	go test -tags e2e,guarded -count=1 -timeout 150m -v -run 'TestReviewsOfRealChanges|TestADeploymentThatIsKilledIsGoneOnWith' ./tests/e2e $(if $(UPDATE),-update)

scan: titan ## have a policy scanner judge the plan of every environment (ENV=dev,prod: of those)
	$(known)
	@go test -tags scan ./internal/scan
	@$(TITAN) scan $(ENV)

audit: titan ## ask for known vulnerabilities of what is pinned: Go, npm, Python (exit code 3: a database did not answer)
	@go test -tags audit -count=1 ./internal/audit
	@$(TITAN) audit

test-adopter: setup ## from an empty folder: titan init, then synth, test, an own resource, another version (some twenty minutes, not in CI)
	go test -tags adopter -count=1 -timeout 90m -v ./tests/adopter

test-cluster: setup ## have a real Kubernetes API server and Helm judge the charts, and Traefik route by them (builds all once, minutes)
	@go test -tags cluster -count=1 -timeout 60m ./tests/cluster

test-control: setup ## run the charts under Kubernetes' own scheduler and controllers, with simulated nodes (minutes, and the build; UPDATE=1 writes docs/placement.md)
	$(if $(UPDATE),TITAN_UPDATE=1) go test -tags cluster,control -count=1 -timeout 60m -v -run '^TestControl' ./tests/cluster

bench: setup ## measure speed, as ratios in one run
	@go run ./tests/bench

lint: setup ## gofmt, go vet, golangci-lint
	@scripts/lint.sh

fuzz: setup ## look for files that break the loader, for a minute
	go test ./environments -run '^$$' -fuzz FuzzLoad -fuzztime 60s -fuzzminimizetime 1s
