# The steps of the install test; each must succeed.
function(step)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "failed: ${ARGN}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
step(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
step(${CMAKE_COMMAND} -S ${SOURCE}/tests/install/consumer -B ${WORK}/build -G ${GENERATOR}
  -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_CXX_COMPILER=${COMPILER} -DEXAMPLES=${SOURCE}/examples)
step(${CMAKE_COMMAND} --build ${WORK}/build)
step(${WORK}/build/tune_table ${SOURCE}/data/diabetes.csv progression)
step(${WORK}/build/tune_own_net)
