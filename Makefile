# make demo: install, build, tune data/ames.csv, build the live page.   make test: the same, then every check and test.
.PHONY: demo test build page install-build install-check install-peers bench bench-peers soak soak-tables calibrate format format-check tidy asan tsan fuzz mutants release-tests clean

timed := scripts/timed.sh
jobs := $(shell nproc)
fuzz_seconds := 300
soaked_tables := 2000
fuzzed := array csv model result safetensors tune
tsan_tests := base_test data_test net_test tune_test optim_registry_test custom_rule_test
# The reports and the reference rules run in cli_test and optim_registry_test too.
asan_tests := cli_test optim_registry_test custom_rule_test base_test kernels_test penalty_test optim_test data_test array_test model_test \
  net_test tune_test lab_test

# The live page takes a compiler of its own and as long again: whoever waits for a first report does not wait for it.
page_built = $(if $(wildcard build/release/lab/page.html),ON,OFF)

demo: build
	@$(timed) "tune data/ames.csv" build/release/halflife tune data/ames.csv --target Sale_Price --log-target
	@echo "The report is in halflife-out/report.html"
	@$(MAKE) --no-print-directory page

build: install-build
	@$(timed) "configure" cmake --preset release -DHALFLIFE_LAB=$(page_built) --log-level=WARNING
	@$(timed) "build" cmake --build --preset release --target halflife_cli

# Where its packages cannot be had the program stays as it is, without `halflife lab`.
page:
	@$(timed) "packages of the live page" scripts/install-packages.sh page || echo "the live page is left out"
	@$(timed) "configure with the live page" cmake --preset release -DHALFLIFE_LAB=ON --log-level=WARNING
	@$(timed) "build with the live page" cmake --build --preset release --target halflife_cli

install-build:
	@$(timed) "packages to build" scripts/install-packages.sh build

install-check:
	@$(timed) "packages to check" scripts/install-packages.sh build page check
	@$(timed) "packages of npm to check" npm install --prefix tests/web --no-audit --no-fund --no-package-lock --loglevel=error

test: demo install-check
	@$(timed) "format" $(MAKE) --no-print-directory format-check
	@$(timed) "tidy" $(MAKE) --no-print-directory tidy
	@$(timed) "address and undefined-behaviour sanitizers" $(MAKE) --no-print-directory asan
	@$(timed) "thread sanitizer" $(MAKE) --no-print-directory tsan
	@$(timed) "build tests" $(MAKE) --no-print-directory release-tests
	@$(timed) "tests" ctest --test-dir build/release --output-on-failure --parallel $(jobs)

release-tests:
	cmake --preset release -DHALFLIFE_TESTS=ON --log-level=WARNING
	cmake --build --preset release

# Every floor and the replays of the fuzzers' corpora.
asan:
	cmake --preset asan --log-level=WARNING
	cmake --build --preset asan --target $(asan_tests) $(fuzzed:%=%_fuzz_replay)
	scripts/side-by-side.sh build/asan '-*Widths*' $(asan_tests)
	for name in $(fuzzed); do build/asan/$${name}_fuzz_replay tests/fuzz/corpus/$$name || exit 1; done

# The programs that start threads; the sanitizer sees nothing in the others.
tsan:
	cmake --preset tsan --log-level=WARNING
	cmake --build --preset tsan --target $(tsan_tests)
	TSAN_OPTIONS="suppressions=$(CURDIR)/tests/tsan.supp" scripts/side-by-side.sh build/tsan \
	  '-*Aligned*:*SimdTarget*:*Resumes*:*Refuses*:*Rosenbrock*:*Split*:*Nan*:*Quadratic*' $(tsan_tests)

tidy:
	scripts/tidy.sh

# Every fuzzer for fuzz_seconds each; what it finds is kept in build/fuzz.
fuzz: install-check
	cmake --preset fuzz --log-level=WARNING
	cmake --build --preset fuzz
	scripts/fuzz.sh $(fuzz_seconds)

# Small changes of the sources, one at a time: is there a test that notices? docs/testing.md.
mutants_seed := 1
mutants_count := 40
mutants: install-check
	scripts/mutants.py --seed $(mutants_seed) --count $(mutants_count)

bench: install-check
	cmake --preset release -DHALFLIFE_BENCH=ON --log-level=WARNING
	cmake --build --preset release
	bench/run.sh

# Halflife and its peers in turns on the same generated files: make bench-peers [works="lasso-tall logistic"]. docs/benchmarks.md.
works :=
peer_rounds := 7
bench-peers: build install-peers
	bench/peers/run.py $(works) --rounds $(peer_rounds)

install-peers:
	@$(timed) "packages of the peers" scripts/install-packages.sh peers

# Hours, not minutes: thousands of tables made by seed, then the fuzzers for an hour each.
soak: soak-tables
	$(MAKE) fuzz fuzz_seconds=3600

soak-tables: install-check
	cmake --preset release -DHALFLIFE_TESTS=ON --log-level=WARNING
	cmake --build --preset release --target tables_soak
	@$(timed) "tables made by seed" build/release/tables_soak $(soaked_tables)

# Hours: thousands of tables with a known truth; docs/verdict.md.
calibrate: install-check
	cmake --preset release -DHALFLIFE_TESTS=ON --log-level=WARNING
	cmake --build --preset release --target calibrate
	for family in shipped choices linear logistic net; do build/release/calibrate $$family || exit 1; done

format:
	scripts/sources.sh | xargs clang-format-14 -i

format-check:
	scripts/sources.sh | xargs clang-format-14 --dry-run --Werror

clean:
	rm -rf build halflife-out
