# Installs the library, its public headers and what find_package(halflife) reads.
include(CMakePackageConfigHelpers)
install(TARGETS halflife EXPORT halflifeTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS halflife_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/halflife DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/halflife)
install(EXPORT halflifeTargets NAMESPACE halflife:: DESTINATION ${package_dir})
configure_package_config_file(halflifeConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/halflifeConfig.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/halflifeConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/halflifeConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/halflifeConfigVersion.cmake DESTINATION ${package_dir})
