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
# The example `name` must end well and print `text`.
function(example name text)
  execute_process(COMMAND ${WORK}/build/${name} ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output)
  if(NOT code EQUAL 0 OR NOT output MATCHES "${text}")
    message(FATAL_ERROR "${name} ended with ${code} and printed: ${output}")
  endif()
endfunction()

example(train_small_net "loss")
example(tune_table "no detectable effect" ${SOURCE}/data/diabetes.csv progression)
example(tune_own_net "helps")
