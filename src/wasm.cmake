# The trainer of nets in WebAssembly: the floors below it and src/lab, as one module without imports.

# Copies of the headers of what we use: the system's include folder itself holds the other libraries
# of this machine, whose C library is another one.
foreach(header hwy/highway.h fmt/format.h fast_float/fast_float.h)
  get_filename_component(library ${header} DIRECTORY)
  find_path(HALFLIFE_${library}_FOLDER ${header} PATHS /usr/include /usr/local/include REQUIRED
    NO_DEFAULT_PATH)
  file(COPY ${HALFLIFE_${library}_FOLDER}/${library} DESTINATION ${PROJECT_BINARY_DIR}/include)
endforeach()
include_directories(SYSTEM ${PROJECT_BINARY_DIR}/include)

add_compile_options(-fvisibility=hidden)
add_compile_definitions(FMT_HEADER_ONLY)
foreach(floor base kernels penalty optim model lab)
  add_subdirectory(${floor})
  list(APPEND objects $<TARGET_OBJECTS:halflife_${floor}>)
endforeach()
add_executable(halflife_wasm ${objects})
set_target_properties(halflife_wasm PROPERTIES OUTPUT_NAME halflife SUFFIX .wasm LINKER_LANGUAGE CXX)
target_link_options(halflife_wasm PRIVATE LINKER:--export-dynamic LINKER:--strip-all)
