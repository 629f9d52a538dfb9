# The CMake toolchain of the preset wasm: Debian's clang for WebAssembly, one thread, no exceptions
# and no type information, which would want files to complain in.
# Flags for this machine's own programs are not for that one.
set(ENV{CXXFLAGS} "")
set(ENV{LDFLAGS} "")
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_CXX_COMPILER clang++-19)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_CXX_FLAGS_INIT "-msimd128 -fno-exceptions -fno-rtti")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-mexec-model=reactor")
