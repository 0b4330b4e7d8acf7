# Small helpers that keep the CMakeLists of each folder down to a list of its files.

find_program(DIALOGUE_CCACHE ccache)
if(DIALOGUE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${DIALOGUE_CCACHE})
endif()

add_library(dialogue_options INTERFACE)
target_compile_options(dialogue_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
    -Woverloaded-virtual $<$<BOOL:${DIALOGUE_WERROR}>:-Werror>)
target_compile_definitions(dialogue_options INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH QT_NO_KEYWORDS)
if(DIALOGUE_SANITIZE)
    target_compile_options(dialogue_options INTERFACE -fsanitize=${DIALOGUE_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    target_link_options(dialogue_options INTERFACE -fsanitize=${DIALOGUE_SANITIZE})
endif()
if(DIALOGUE_FUZZ)
    # The fuzzer follows the branches of what it calls, so the libraries are instrumented too.
    target_compile_options(dialogue_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# In the tree, `#include <dialogue/server/dialogue.h>` works as it does from an installed package.
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/include)
file(CREATE_LINK ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/include/dialogue SYMBOLIC)

# What nearly every file includes, compiled once for all targets: a third of the time, where it is on.
if(DIALOGUE_PCH)
    add_library(dialogue_pch OBJECT ${PROJECT_SOURCE_DIR}/cmake/pch.cpp)
    target_link_libraries(dialogue_pch PRIVATE dialogue_options Qt6::Core)
    target_precompile_headers(dialogue_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch.h)
    set_target_properties(dialogue_pch PROPERTIES AUTOMOC OFF)
endif()
function(dialogue_use_pch name)
    if(DIALOGUE_PCH)
        target_precompile_headers(${name} REUSE_FROM dialogue_pch)
        # Programs too, so that all fit the one precompiled header; Qt 6.4 asks for it anyway, 6.8 no longer does.
        target_compile_options(${name} PRIVATE -fPIC)
    endif()
endfunction()

# dialogue_add_module(<name> SOURCES ... [LINK ...])
# One folder of the house as an object library. What it may include of the others stands in dependencies.txt.
function(dialogue_add_module name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
    add_library(${name} OBJECT ${ARG_SOURCES})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/include)
    target_link_libraries(${name} PRIVATE dialogue_options PUBLIC ${ARG_LINK})
    dialogue_use_pch(${name})
endfunction()

# tests-<label> builds the tests of one label: the sanitizer builds need no others.
foreach(label unit threads fuzz)
    add_custom_target(tests-${label})
endforeach()

# dialogue_add_test(<name> SOURCES ... [LINK ...] [LABELS ...])
# One QtTest executable per class or behaviour, named after it. Without a label it is a "unit" test, which also runs
# under the address sanitizer; "threads" runs under the thread sanitizer as well; any other label in neither.
function(dialogue_add_test name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK;LABELS" ${ARGN})
    if(NOT ARG_LABELS)
        set(ARG_LABELS unit)
    endif()
    add_executable(${name} ${ARG_SOURCES})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/include)
    target_link_libraries(${name} PRIVATE dialogue_options Qt6::Test ${ARG_LINK})
    dialogue_use_pch(${name})
    # A test includes its own .moc; what is left to this file is next to nothing, and cheaper without.
    set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${name}_autogen/mocs_compilation.cpp
        PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    foreach(label IN LISTS ARG_LABELS)
        if(TARGET tests-${label})
            add_dependencies(tests-${label} ${name})
        endif()
    endforeach()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 120 LABELS "${ARG_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_LOGGING_RULES=dialogue.*.debug=false")
endfunction()
