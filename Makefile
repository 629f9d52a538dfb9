# make demo: install, build, tune data/ames.csv.   make test: the same, then every check and test.
.PHONY: demo test build install-build install-check bench soak format format-check tidy asan tsan fuzz fuzz-replay release-tests clean

timed := scripts/timed.sh
jobs := $(shell nproc)
fuzz_seconds := 300

demo: build
	@$(timed) "tune data/ames.csv" build/release/halflife tune data/ames.csv --target Sale_Price --log-target
	@echo "The report is in halflife-out/report.html"

build: install-build
	@$(timed) "configure" cmake --preset release --log-level=WARNING
	@$(timed) "build" cmake --build --preset release --target halflife_cli

install-build:
	@$(timed) "packages to build" scripts/install-packages.sh build

install-check:
	@$(timed) "packages to check" scripts/install-packages.sh build check

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

asan tsan:
	cmake --preset $@ --log-level=WARNING
	cmake --build --preset $@
	ctest --test-dir build/$@ --parallel $(jobs) --quiet --output-on-failure --output-log build/$@/ctest.log || (tail -n 80 build/$@/ctest.log; false)

# clang-tidy on every source file that the tidy preset compiles.
tidy:
	cmake --preset tidy --log-level=WARNING
	scripts/sources.sh cc | xargs -P $(jobs) -n 4 clang-tidy-14 --quiet -p build/tidy 2>&1 | grep -v 'warnings generated' | (! grep .)

# Every fuzzer for fuzz_seconds each; what it finds is kept in build/fuzz.
fuzz: install-check
	cmake --preset fuzz --log-level=WARNING
	cmake --build --preset fuzz
	scripts/fuzz.sh $(fuzz_seconds)

bench: install-check
	cmake --preset release -DHALFLIFE_BENCH=ON --log-level=WARNING
	cmake --build --preset release
	bench/run.sh

# Hours, not minutes: the fuzzers for an hour each.
soak:
	$(MAKE) fuzz fuzz_seconds=3600

format:
	scripts/sources.sh | xargs clang-format-14 -i

format-check:
	scripts/sources.sh | xargs clang-format-14 --dry-run --Werror

clean:
	rm -rf build halflife-out
