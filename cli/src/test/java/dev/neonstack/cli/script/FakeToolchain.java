package dev.neonstack.cli.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs that Neon is built with, on a machine like the images. They make small files where
 * the real ones make large ones, and write down how they were called.
 */
final class FakeToolchain {
  static final String REVISION = "6a35a3e9f149798df1b1761ee64099d8d75fbe90";

  private static final String GIT =
      """
      case $3 in
        rev-parse) cat HEAD ;;
        checkout) echo 'channel = "1.88.0"' >"$2/rust-toolchain.toml" ;;
        config) echo https://example.test/postgres.git ;;
      esac
      case $1 in
        checkout)
          mkdir -p libs/http-utils/src
          printf '%s\n' 'jemalloc_pprof = { version = "0.7", features = ["symbolize", "flamegraph"] }' \
            'pprof = { features = ["criterion", "flamegraph", "prost-codec"] }' >Cargo.toml
          printf '[[package]]\nname = "%s"\nversion = "1"\n' inferno serde >Cargo.lock
          printf '%s\n' '    enum Format {' '        Pprof,' '        Svg,' '    }' \
            '        Some("svg") => Format::Svg,' '        Format::Pprof => {' '            pprof()' '        }' \
            '        Format::Svg => {' '            flamegraph()' '        }' '    }' >libs/http-utils/src/endpoint.rs
          ;;
      esac
      """;
  private static final String MAKE =
      """
      for word in "$@"; do
        case $word in
          neon-pg-ext-v*)
            at=$2/pg_install/${word#neon-pg-ext-}
            mkdir -p "$at/bin" "$at/lib/postgresql/pgxs" "$at/share" "$at/include"
            printf '\\177ELF postgres' >"$at/bin/postgres"
            printf '\\177ELF libpq' >"$at/lib/libpq.so.5.17"
            ln -sf libpq.so.5.17 "$at/lib/libpq.so.5"
            echo archive >"$at/lib/libpgport.a"
            echo zones >"$at/share/zones"
            ;;
        esac
      done
      """;
  private static final String CARGO =
      """
      case $1 in
        --version) echo 'cargo 1.88.0 (x 2025-06-23)'; exit ;;
        fetch) printf '[[package]]\nname = "%s"\nversion = "1"\n' serde EXTRA >Cargo.lock; exit ;;
        tree) echo "pageserver v0.1.0 ($PWD/pageserver)  Apache-2.0"; echo 'serde v1 https://example.test/serde LICENCE (*)'; exit ;;
      esac
      mkdir -p target/release
      for program in pageserver safekeeper storage_broker storage_controller proxy compute_ctl; do
        printf '\\177ELF %s' "$program" >"target/release/$program"
      done
      """;

  private final Script script;
  private final Path calls;
  private final Path head;

  FakeToolchain(Script script, Path folder) throws IOException {
    this.script = script;
    calls = Files.createFile(folder.resolve("toolchain-calls"));
    head = folder.resolve("head");
    for (var name : List.of("gcc", "clang", "cmake", "protoc", "bison", "flex", "perl")) {
      script.program(name, "exit 0");
    }
    glibc("2.36");
    script.program("uname", "echo x86_64");
    script.program("pkg-config", "exit 0");
    freeGib(100);
    isAt(REVISION);
    logged("git", GIT.replace("HEAD", "'" + head + "'"));
    logged("make", MAKE);
    cargoWorks();
    logged("strip", "");
  }

  /** Where the fetched source stands. */
  void isAt(String revision) throws IOException {
    Files.writeString(head, revision + "\n");
  }

  /** Which C library the machine has. */
  void glibc(String version) throws IOException {
    script.program(
        "getconf", "case $1 in GNU_LIBC_VERSION) echo glibc " + version + " ;; *) echo 3 ;; esac");
  }

  void freeGib(long free) throws IOException {
    script.program("df", "echo title; echo disk 0 0 " + free * 1024 * 1024);
  }

  /** A program that is written down before it does its work. */
  void logged(String name, String work) throws IOException {
    script.program(name, "echo " + name + " \"$@\" >>'" + calls + "'\n" + work);
  }

  /** The program as it was when this was made. */
  void cargoWorks() throws IOException {
    cargoFinds("serde", "MIT");
  }

  /** A cargo that settles on this package beside what is pinned, and finds this licence. */
  void cargoFinds(String extra, String licence) throws IOException {
    logged("cargo", CARGO.replace("EXTRA", extra).replace("LICENCE", licence));
  }

  List<String> calls() throws IOException {
    return Files.readAllLines(calls);
  }

  List<String> calls(String start) throws IOException {
    return calls().stream().filter(call -> call.startsWith(start)).toList();
  }
}
