# What the README and the tests' script call. `make run` and `make test` bring a machine that has Swift and Debian's packages to where they need it.

PREFIX ?= /usr/local
SWIFT := Package.swift Sources Tests Examples Benchmarks/Package.swift Benchmarks/ContestBenchmarks
# Equal functions are kept once, and a program exports no symbols: 0.7 MB less.
# At a fixed address there are no 48 thousand relocations to read and apply at every start: 1.1 MB and a millisecond less.
SLIM := -Xlinker --icf=safe -Xlinker --no-export-dynamic -Xlinker --no-pie
RELEASE := -c release --static-swift-stdlib --disable-local-rpath $(SLIM) --product evenhand
BINARY := .build/release/evenhand

# What is tested is built for release, file by file: a minute or two instead of nine, and the parser of options, which in a debug build checks itself
# ten times at each start, does not. A build of its own, so that `swift build` and `swift test` keep theirs for debugging.
TESTED := -c release --scratch-path .build/optimised $(patsubst %,-Xswiftc %,-enable-testing -no-whole-module-optimization -enable-batch-mode -incremental)
# In two steps: `swift test` would build with options that the other targets do not have, and all of it again.
BUILD_TESTS := swift build --build-tests $(TESTED)
TEST := swift test --skip-build $(TESTED)

.PHONY: run build test test-long test-engines engine-tools browse pictures api examples setup bench compare fuzz docs format lint install uninstall dist dist-test clean

run: build
	$(BINARY) rank Data/zhejiang-2022/scores.csv --entries Data/zhejiang-2022/entries.csv --places 10

build: setup
	swift build $(RELEASE)

test: setup
	$(BUILD_TESTS)
	$(TEST)

# Simulation studies with fixed seeds, in minutes; they print the tables of the articles. Then all engines with two million scores.
test-long: setup
	$(BUILD_TESTS)
	EVENHAND_STUDIES=1 $(TEST) --filter Studies
	$(MAKE) test-engines ENGINES=duckdb,datafusion,postgres,clickhouse,spark ENGINE_SCORES=2000000

# The same table from the file, from shards and from engines, with the engines themselves. Spark needs Java 17 and 1.8 GB:
# make test-engines ENGINES=duckdb,spark
ENGINES ?= duckdb,datafusion,postgres,clickhouse
ENGINE_SCORES ?= 100000
ENGINE_TOOLS := .build/engines
ENGINE_PACKAGES = $(if $(findstring duckdb,$(ENGINES)),duckdb==2.0.1) $(if $(findstring datafusion,$(ENGINES)),datafusion==55.0.0) \
  $(if $(findstring clickhouse,$(ENGINES)),chdb==4.4.0) $(if $(findstring spark,$(ENGINES)),pyspark==4.3.0)

# The engines that Python's package index has.
engine-tools: setup
	@python3 -c 'import venv, ensurepip' 2>/dev/null || { \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; $$sudo apt-get update -q && $$sudo apt-get install -y -q python3-venv; }
	@[ -x $(ENGINE_TOOLS)/bin/pip ] || python3 -m venv $(ENGINE_TOOLS)
	@[ -z "$(strip $(ENGINE_PACKAGES))" ] || $(ENGINE_TOOLS)/bin/pip install -q --retries 1 $(ENGINE_PACKAGES)

# With the program of the tests, so that nothing is built twice.
test-engines: engine-tools
	swift build $(TESTED) --product evenhand
	@case $(ENGINES) in *postgres*) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; $$sudo apt-get update -q && $$sudo apt-get install -y -q postgresql; };; esac
	@case $(ENGINES) in *spark*) command -v java >/dev/null || { \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; $$sudo apt-get update -q && $$sudo apt-get install -y -q openjdk-17-jre-headless; };; esac
	$(ENGINE_TOOLS)/bin/python -B Tests/Engines/engines.py .build/optimised/release/evenhand --scores $(ENGINE_SCORES) --only $(ENGINES)

# Reports in a browser: on wide and narrow screens, in both colour schemes, and on paper. `make pictures` also takes those of the documents.
browse: build
	Tests/Browser/render.sh

pictures: build
	Tests/Browser/render.sh Sources/Evenhand/Evenhand.docc/Resources

# Lists the public interface anew, after a change of it that is intended.
api: setup
	$(BUILD_TESTS)
	EVENHAND_WRITE_API=1 $(TEST) --filter PublicInterfaceTests

# Runs the commands in the README and the articles, and puts what they print now below them.
examples: setup
	$(BUILD_TESTS)
	EVENHAND_WRITE_EXAMPLES=1 $(TEST) --filter ReadmeTests

# Installs what is missing; says what to type when it cannot.
setup:
	@missing=; \
	for package in libopenblas-dev libboost-dev libexpat1-dev liblemon-dev libmd-dev libminizip-dev libuchardet-dev libutf8proc-dev pkg-config zlib1g-dev; do \
	  dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; \
	done; \
	dpkg-query -W -f '$${Status}\n' 'libstdc++-*-dev' 2>/dev/null | grep -q '^install ok' || missing="$$missing libstdc++-dev"; \
	command -v python3 >/dev/null || missing="$$missing python3"; \
	[ -z "$$missing" ] && exit 0; \
	command -v apt-get >/dev/null || { echo "Install these first:$$missing" >&2; exit 1; }; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	if [ -n "$$sudo" ] && ! $$sudo -n true 2>/dev/null && [ ! -t 0 ]; then sudo=; fi; \
	if [ "$$(id -u)" != 0 ] && [ -z "$$sudo" ]; then \
	  echo "Please run: sudo apt-get update && sudo apt-get install -y$$(echo "$$missing" | sed 's/libstdc++-dev/libstdc++-12-dev/')" >&2; exit 1; \
	fi; \
	$$sudo apt-get update -q; \
	newest=$$(apt-cache pkgnames libstdc++- | grep -E '^libstdc\+\+-[0-9]+-dev$$' | sort -V | tail -n 1); \
	missing=$$(echo "$$missing" | sed "s/libstdc++-dev/$$newest/"); \
	DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -q --no-install-recommends $$missing || { \
	  echo "Please run: sudo apt-get update && sudo apt-get install -y$$missing" >&2; exit 1; }

bench: setup
	cd Benchmarks && swift package benchmark

# Side by side with other programs on the same files, where their scripts are at hand.
compare: build
	@if [ -f ../shared/peers/compare.py ]; then \
	  for job in rank-W1 rank-W2 rank-W3 groups-W2 groups-W3 permutation model-insteval model-W2 resample-24x7 resample-150x32; do \
	    python3 ../shared/peers/compare.py $$job --evenhand $(BINARY); \
	  done; \
	else echo "make compare needs the peers' scripts (compare.py), which are not part of this checkout."; fi

# The readers under libFuzzer with bytes of all kinds: first the library with its sanitizers, then a program for each kind of file.
# A copy of the seeds grows under .build; what breaks a reader is kept beside it.
# Under AddressSanitizer, memory that was freed is held back for a while and counts in the limit; 16 MB of it are enough to find its use.
FUZZ_SECONDS ?= 60
FUZZ_LIMITS := -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=512 -timeout=10 -max_len=65536
FUZZING := .build/fuzzing
FUZZED := $(FUZZING)/release
# What the command alone uses is not built.
FUZZED_LIBRARIES := $(filter-out CProcess,$(notdir $(wildcard Sources/C*)))
FUZZED_TARGETS := $(FUZZED_LIBRARIES) LinearAlgebra Evenhand EvenhandIO
FUZZED_SOURCES = $(notdir $(shell find Sources/$(1) -name '*.swift' -o -name '*.c' -o -name '*.cpp'))
# What makes archives and packed files of bytes.
FUZZED_HELP := $(patsubst %,Tests/TestSupport/%.swift,ZipArchive CompoundDocument GzipFile)
FUZZED_OBJECTS = $(foreach target,$(FUZZED_TARGETS),$(patsubst %,$(FUZZED)/$(target).build/%.o,$(call FUZZED_SOURCES,$(target))))

fuzz: setup
	swift build -c release --scratch-path $(FUZZING) --target EvenhandIO \
	  -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=address,fuzzer-no-link
	@set -e; for kind in Text Workbook Container; do \
	  swiftc -O -use-ld=lld -parse-as-library -sanitize=fuzzer,address -module-name Fuzz$$kind -I $(FUZZED)/Modules \
	    $(patsubst %,-Xcc -fmodule-map-file=$(FUZZED)/%.build/module.modulemap,$(FUZZED_LIBRARIES)) \
	    Tests/Fuzzing/Fuzz$$kind.swift Tests/Fuzzing/FuzzedFile.swift $(FUZZED_HELP) $(FUZZED_OBJECTS) \
	    -l:libminizip.a -l:libz.a -l:libexpat.a -l:libutf8proc.a -l:libuchardet.a -l:libmd.a -lstdc++ -o $(FUZZING)/Fuzz$$kind; \
	  mkdir -p $(FUZZING)/$$kind; \
	  echo "Fuzz$$kind for $(FUZZ_SECONDS) seconds"; \
	  ASAN_OPTIONS=quarantine_size_mb=16 $(FUZZING)/Fuzz$$kind $(FUZZ_LIMITS) -dict=Tests/Fuzzing/$$kind.dict \
	    -artifact_prefix=$(FUZZING)/$$kind- -print_final_stats=1 $(FUZZING)/$$kind Tests/Fuzzing/$$kind; \
	done

# Articles and the pages of all public symbols. Each module is converted by itself and merged with the others: of several at once, docc drops
# articles that are named like a symbol without saying so. A warning, such as a dead link, is an error.
DOCUMENTATION := .build/documentation
MODULES := Evenhand EvenhandIO EvenhandReports
IMPORTED_C := $(filter-out CProcess,$(notdir $(wildcard Sources/C*)))

docs: setup
	swift build $(TESTED) --target $(lastword $(MODULES))
	@rm -rf $(DOCUMENTATION) && mkdir -p $(DOCUMENTATION)
	@set -e; known=; for module in $(MODULES); do \
	  echo "Documenting $$module"; \
	  symbols=$(DOCUMENTATION)/$$module.symbols; archive=$(DOCUMENTATION)/$$module.doccarchive; mkdir $$symbols; \
	  swift symbolgraph-extract -module-name $$module -target $(shell uname -m)-unknown-linux-gnu -skip-synthesized-members -emit-extension-block-symbols \
	    -I .build/optimised/release/Modules $(patsubst %,-I Sources/%/include,$(IMPORTED_C)) \
	    $(patsubst %,-Xcc -fmodule-map-file=.build/optimised/release/%.build/module.modulemap,$(IMPORTED_C)) -output-dir $$symbols; \
	  docc convert $$(ls -d Sources/$$module/*.docc 2>/dev/null) --additional-symbol-graph-dir $$symbols --warnings-as-errors \
	    --fallback-display-name $$module --fallback-bundle-identifier $$module --fallback-default-module-kind Library \
	    --enable-experimental-external-link-support $$known --output-path $$archive; \
	  known="$$known --dependency $$archive"; \
	done
	@docc merge $(patsubst %,$(DOCUMENTATION)/%.doccarchive,$(MODULES)) --synthesized-landing-page-name Evenhand --output-path $(DOCUMENTATION)/html
	@echo "To read it: python3 -m http.server --directory $(DOCUMENTATION)/html, then open http://localhost:8000/documentation/evenhand/"

format:
	swift format format --in-place --recursive $(SWIFT)

lint:
	swift format lint --strict --recursive $(SWIFT)

# The date of what is packaged and of man pages: equal sources give equal bytes.
install dist: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)

# The program, its man pages and its completions.
install:
	@[ -x $(BINARY) ] || $(MAKE) build
	@set -e; pages=$$(mktemp -d); trap 'rm -rf "$$pages"' EXIT; \
	python3 -B Packaging/pages.py $(BINARY) "$$pages"; \
	install -D -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/evenhand"; \
	find "$$pages" -type f -printf '%P\n' | while read -r page; do \
	  install -D -m 644 "$$pages/$$page" "$(DESTDIR)$(PREFIX)/$$page"; \
	done
	@echo "Installed $(DESTDIR)$(PREFIX)/bin/evenhand, with man pages and completions."

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/evenhand" "$(DESTDIR)$(PREFIX)/share/man/man1/evenhand.1" "$(DESTDIR)$(PREFIX)/share/man/man1/evenhand-"*.1
	rm -f "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/evenhand" "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_evenhand" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/evenhand.fish"

# A tar.xz, a Debian package and a Python wheel, with all that Debian's package dpkg-dev brings.
dist: build
	rm -rf dist
	python3 -B Packaging/packages.py $(BINARY) dist

# Each of them in bare systems without Swift; as root, with debootstrap.
dist-test: dist
	Packaging/test.sh $(BINARY) dist

clean:
	rm -rf .build Benchmarks/.build dist
