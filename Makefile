# make demo: install, build, tune data/ames.csv.   make test: the same, then every check and test.
.PHONY: demo test build install-build install-check bench soak format format-check tidy asan tsan fuzz clean

timed := scripts/timed.sh
# Sanitizers stop at the first finding; the fixed arguments keep the runs alike on every machine.
CTEST_ARGS := --output-on-failure --parallel 2

demo: build
	@$(timed) "tune data/ames.csv" build/release/halflife tune data/ames.csv --target Sale_Price --log-target
	@echo "The report is in halflife-out/report.html"

build: install-build
	@$(timed) "configure" cmake --preset release --log-level=WARNING
	@$(timed) "build" cmake --build --preset release --target halflife_cli

install-build:
	@$(timed) "packages (build)" scripts/install-packages.sh build

install-check:
	@$(timed) "packages (check)" scripts/install-packages.sh check

test: demo install-check
	@$(timed) "format" $(MAKE) --no-print-directory format-check
	@$(timed) "tidy" $(MAKE) --no-print-directory tidy
	@$(timed) "asan and ubsan" $(MAKE) --no-print-directory asan
	@$(timed) "tsan" $(MAKE) --no-print-directory tsan
	@$(timed) "fuzz corpora" $(MAKE) --no-print-directory fuzz-replay
	@$(timed) "build tests" sh -c 'cmake --preset release -DHALFLIFE_TESTS=ON --log-level=WARNING && cmake --build --preset release'
	@$(timed) "tests" ctest --test-dir build/release $(CTEST_ARGS)

asan tsan:
	cmake --preset $@ --log-level=WARNING
	cmake --build --preset $@
	ctest --test-dir build/$@ $(CTEST_ARGS) --quiet --output-log build/$@/ctest.log || (tail -n 60 build/$@/ctest.log; false)

format:
	scripts/sources.sh | xargs clang-format-14 -i

format-check:
	scripts/sources.sh | xargs clang-format-14 --dry-run --Werror

clean:
	rm -rf build halflife-out
