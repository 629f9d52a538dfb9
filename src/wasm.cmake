# The library in WebAssembly: src/lab and the floors below it, as one module without imports.

# Copies of the headers of what we use: the system's include folder itself holds the other libraries
# of this machine, whose C library is another one.
foreach(header hwy/highway.h fmt/format.h fast_float/fast_float.h nlohmann/json.hpp Eigen/Core)
  get_filename_component(library ${header} DIRECTORY)
  find_path(HALFLIFE_${library}_FOLDER ${header} PATHS /usr/include /usr/include/eigen3 /usr/local/include /usr/local/include/eigen3 REQUIRED
    NO_DEFAULT_PATH)
  file(COPY ${HALFLIFE_${library}_FOLDER}/${library} DESTINATION ${PROJECT_BINARY_DIR}/include)
endforeach()
include_directories(SYSTEM ${PROJECT_BINARY_DIR}/include)

# Without exceptions, locales and files; a wrong format string is a bug, and stops at once.
add_compile_definitions(FMT_HEADER_ONLY FMT_STATIC_THOUSANDS_SEPARATOR=',' FMT_USE_LONG_DOUBLE=0)
add_compile_options("-DFMT_THROW(x)=__builtin_trap()" "-DFMT_ASSERT(condition,message)=((void)0)"
  -Wno-pragma-clang-attribute)  # a header of a rule may have no function for Highway's attribute
foreach(floor base linalg kernels penalty optim data model net tune report lab)
  add_subdirectory(${floor})
  list(APPEND objects $<TARGET_OBJECTS:halflife_${floor}>)
endforeach()
add_executable(halflife_wasm ${objects})
set_target_properties(halflife_wasm PROPERTIES OUTPUT_NAME halflife SUFFIX .wasm LINKER_LANGUAGE CXX)

# Every function that the headers of src/lab declare to C is exported.
foreach(header ask net page)
  file(STRINGS lab/${header}.h functions REGEX "[ *]Lab[A-Za-z]+\\(")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS lab/${header}.h)
  foreach(function IN LISTS functions)
    string(REGEX REPLACE ".*[ *](Lab[A-Za-z]+)\\(.*" "\\1" name "${function}")
    target_link_options(halflife_wasm PRIVATE LINKER:--export=${name})
  endforeach()
endforeach()
find_program(HALFLIFE_WASM_OPT wasm-opt)
if(HALFLIFE_WASM_OPT)  # a tenth smaller
  add_custom_command(TARGET halflife_wasm POST_BUILD VERBATIM
    COMMAND ${HALFLIFE_WASM_OPT} -Oz --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext
      --enable-mutable-globals $<TARGET_FILE:halflife_wasm> -o $<TARGET_FILE:halflife_wasm>)
endif()
# Decompositions keep work space on the stack; below it lies nothing, so that an overflow traps.
target_link_options(halflife_wasm PRIVATE -O0  # or clang runs wasm-opt too, of another kind
  LINKER:--strip-all LINKER:--stack-first -Wl,-z,stack-size=4194304)
