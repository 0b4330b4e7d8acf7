set(prefix ${WORK_DIR}/prefix)
file(REMOVE_RECURSE ${WORK_DIR})
file(MAKE_DIRECTORY ${WORK_DIR})

function(run)
    execute_process(COMMAND ${ARGV} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(is_there)
    foreach(file IN LISTS ARGN)
        if(NOT EXISTS ${prefix}/${file})
            message(FATAL_ERROR "The installation has no ${file}")
        endif()
    endforeach()
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${prefix})
file(READ ${prefix}/lib/systemd/system/dialogue-server.service unit)

# Moved after the installation: nothing in it but the unit may know where it was put.
file(RENAME ${prefix} ${WORK_DIR}/moved)
set(prefix ${WORK_DIR}/moved)

# What lies in the include path is named dialogue/, and its headers name one another so.
file(GLOB included RELATIVE ${prefix}/include ${prefix}/include/*)
if(NOT included STREQUAL dialogue)
    message(FATAL_ERROR "Besides dialogue/ there lies in include/: ${included}")
endif()
separate_arguments(headers UNIX_COMMAND "${HEADERS}")
foreach(header IN LISTS headers)
    file(STRINGS ${prefix}/include/dialogue/${header} own REGEX "#include \"")
    if(own)
        message(FATAL_ERROR "${header} has ${own}")
    endif()
endforeach()

is_there(share/man/man1/dialogue.1 share/man/man1/dialogue-server.1
    share/bash-completion/completions/dialogue share/bash-completion/completions/dialogue-server
    share/zsh/site-functions/_dialogue share/zsh/site-functions/_dialogue-server
    share/fish/vendor_completions.d/dialogue.fish share/fish/vendor_completions.d/dialogue-server.fish
    share/dialogue/dialogue.sample.yaml share/applications/dialogue-console.desktop
    share/dialogue/js/package.json share/dialogue/js/client.js share/dialogue/js/client.d.ts share/dialogue/js/client/session.js
    share/doc/Dialogue/README.md share/doc/Dialogue/CHANGELOG.md share/doc/Dialogue/LICENSE
    share/doc/Dialogue/docs/architecture.md share/doc/Dialogue/docs/images/desktop-chat.png
    share/doc/Dialogue/examples/embedded-server/main.cpp)
# What is for whoever works on it stays where it was built.
file(GLOB programs RELATIVE ${prefix}/${BINDIR} ${prefix}/${BINDIR}/*)
if(NOT programs STREQUAL "dialogue;dialogue-console;dialogue-server")
    message(FATAL_ERROR "The installed programs are ${programs}")
endif()
run(${prefix}/${BINDIR}/dialogue-server check ${prefix}/share/dialogue/dialogue.sample.yaml)
run(${prefix}/${BINDIR}/dialogue --version)
run(${CMAKE_COMMAND} -E env QT_QPA_PLATFORM=offscreen ${prefix}/${BINDIR}/dialogue-console --version)

# The unit: what systemd finds wrong with it, and how exposed it calls it (of 10).
string(REPLACE ${WORK_DIR}/prefix ${prefix} moved_unit "${unit}")
if(moved_unit STREQUAL unit)
    message(FATAL_ERROR "The unit does not start the program that was installed beside it: ${unit}")
endif()
file(WRITE ${WORK_DIR}/dialogue-server.service "${moved_unit}")
file(COPY ${prefix}/lib/systemd/system/dialogue-server.socket DESTINATION ${WORK_DIR})
set(ENV{MANPATH} ${prefix}/share/man)
execute_process(COMMAND systemd-analyze verify ${WORK_DIR}/dialogue-server.service ${WORK_DIR}/dialogue-server.socket
    ERROR_VARIABLE complaint RESULT_VARIABLE result)
if(NOT result EQUAL 0 OR complaint MATCHES "dialogue-server")
    message(FATAL_ERROR "systemd-analyze verify: ${complaint}")
endif()
run(systemd-analyze security --no-pager --offline=true --threshold=25 ${WORK_DIR}/dialogue-server.service)

# Built against it: a program of somebody else's, the one a new user would begin with, and the examples as they are
# installed.
set(outside -G Ninja -D CMAKE_PREFIX_PATH=${prefix} -D CMAKE_CXX_COMPILER=${CXX}
    -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})
run(${CMAKE_COMMAND} ${outside} -S ${SOURCE_DIR} -B ${WORK_DIR}/cmake -D "HEADERS=${HEADERS}")
run(${CMAKE_COMMAND} --build ${WORK_DIR}/cmake)
run(${WORK_DIR}/cmake/outside)
run(${CMAKE_COMMAND} ${outside} -S ${NEW_USER_DIR} -B ${WORK_DIR}/newuser)
run(${CMAKE_COMMAND} --build ${WORK_DIR}/newuser)
# Several files at a time, since each on its own was compiled with the tree.
run(${CMAKE_COMMAND} ${outside} -D CMAKE_UNITY_BUILD=ON -S ${prefix}/share/doc/Dialogue/examples -B ${WORK_DIR}/examples)
run(${CMAKE_COMMAND} --build ${WORK_DIR}/examples)

# By pkg-config, where our headers are no system's, and their warnings would be the user's.
set(ENV{PKG_CONFIG_PATH} ${prefix}/${LIBDIR}/pkgconfig)
execute_process(COMMAND pkg-config --cflags --libs dialogue-server dialogue-client OUTPUT_VARIABLE flags COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(flags UNIX_COMMAND ${flags})
run(${LAUNCHER} ${CXX} -std=c++20 -fPIC -Wall -Wextra -Wpedantic -Wshadow -Werror -I${SOURCE_DIR}/own
    -c ${SOURCE_DIR}/main.cpp -o ${WORK_DIR}/main.o ${flags})
run(${CXX} ${WORK_DIR}/main.o -o ${WORK_DIR}/by-pkg-config ${flags} -Wl,-rpath,${prefix}/${LIBDIR})
run(${WORK_DIR}/by-pkg-config)
