set(prefix ${WORK_DIR}/prefix)
file(REMOVE_RECURSE ${WORK_DIR})
file(MAKE_DIRECTORY ${WORK_DIR})

function(run)
    execute_process(COMMAND ${ARGV} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${prefix})

# Moved after the installation: nothing in it may know where it was put.
file(RENAME ${prefix} ${WORK_DIR}/moved)
set(prefix ${WORK_DIR}/moved)

run(${prefix}/${BINDIR}/dialogue-server check ${prefix}/share/dialogue/dialogue.sample.yaml)

run(${CMAKE_COMMAND} -G Ninja -S ${SOURCE_DIR} -B ${WORK_DIR}/cmake -D CMAKE_PREFIX_PATH=${prefix}
    -D CMAKE_CXX_COMPILER=${CXX} -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} -D "HEADERS=${HEADERS}")
run(${CMAKE_COMMAND} --build ${WORK_DIR}/cmake)
run(${WORK_DIR}/cmake/outside)

set(ENV{PKG_CONFIG_PATH} ${prefix}/${LIBDIR}/pkgconfig)
execute_process(COMMAND pkg-config --cflags --libs dialogue-server dialogue-client OUTPUT_VARIABLE flags COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(flags UNIX_COMMAND ${flags})
run(${LAUNCHER} ${CXX} -std=c++20 -fPIC -c ${SOURCE_DIR}/main.cpp -o ${WORK_DIR}/main.o ${flags})
run(${CXX} ${WORK_DIR}/main.o -o ${WORK_DIR}/by-pkg-config ${flags} -Wl,-rpath,${prefix}/${LIBDIR})
run(${WORK_DIR}/by-pkg-config)
