# Installs the libraries, their public headers and what find_package(halflife) reads.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/halflife)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/halflife DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS halflife_optimizers halflife_custom_rule EXPORT halflifeOptimTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT halflifeOptimTargets NAMESPACE halflife:: DESTINATION ${package_dir})
if(TARGET halflife)
  install(TARGETS halflife EXPORT halflifeTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT halflifeTargets NAMESPACE halflife:: DESTINATION ${package_dir})
endif()
if(TARGET halflife_cli)
  install(TARGETS halflife_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
configure_package_config_file(halflifeConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/halflifeConfig.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/halflifeConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/halflifeConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/halflifeConfigVersion.cmake DESTINATION ${package_dir})
