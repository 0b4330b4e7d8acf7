# Small helpers that keep the CMakeLists of each folder down to a list of its files.

find_program(DIALOGUE_CCACHE ccache)
if(DIALOGUE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${DIALOGUE_CCACHE})
endif()

# Each test program links much of the tree, with all that debuggers want to know: the usual linker takes minutes for them.
find_program(DIALOGUE_MOLD mold)
if(DIALOGUE_MOLD)
    add_link_options($<$<CONFIG:Debug>:-fuse-ld=mold>)
endif()

add_library(dialogue_warnings INTERFACE)
# Where several files are compiled as one, what one of them keeps to itself is in sight of the next.
set(dialogue_as_one $<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>)
target_compile_options(dialogue_warnings INTERFACE -Wall -Wextra -Wpedantic $<$<NOT:${dialogue_as_one}>:-Wshadow>
    $<$<AND:${dialogue_as_one},$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage> -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<BOOL:${DIALOGUE_WERROR}>:-Werror>)
target_compile_definitions(dialogue_warnings INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH QT_NO_KEYWORDS)

add_library(dialogue_options INTERFACE)
target_link_libraries(dialogue_options INTERFACE dialogue_warnings)
# GCC would not inline what a library exports, in case that a program puts another in its place; clang always does.
target_compile_options(dialogue_options INTERFACE $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-fno-semantic-interposition>)
# GCC spends a fifth of its time on looking for memory to give back; without, it takes a tenth more of it.
target_compile_options(dialogue_options INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-expand=200> $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=500000>)
if(DIALOGUE_SANITIZE)
    target_compile_options(dialogue_options INTERFACE -fsanitize=${DIALOGUE_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    target_link_options(dialogue_options INTERFACE -fsanitize=${DIALOGUE_SANITIZE})
endif()

# In the tree, `#include <dialogue/server/dialogue.h>` works as it does from an installed package.
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/include)
file(CREATE_LINK ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/include/dialogue SYMBOLIC)

# What nearly every file includes, compiled once for all targets: a third of the time, where it is on.
function(dialogue_add_pch name)
    add_library(${name} OBJECT ${PROJECT_SOURCE_DIR}/cmake/pch.cpp)
    target_link_libraries(${name} PRIVATE dialogue_options Qt6::Core ${ARGN})
    target_precompile_headers(${name} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch.h)
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
endfunction()
if(DIALOGUE_PCH)
    dialogue_add_pch(dialogue_pch)
endif()

# The fuzzer follows the branches of what it calls: what reads the words of strangers is instrumented for it, and optimised,
# as it runs a million times. Both cost their compilation the double, so the others go without.
set(dialogue_followed DialogueCore dialogue_config dialogue_jwt dialogue_load dialogue_net dialogue_sse)
add_library(dialogue_followed_options INTERFACE)
target_compile_options(dialogue_followed_options INTERFACE -fsanitize=fuzzer-no-link -O1)
if(DIALOGUE_PCH AND DIALOGUE_FUZZ)
    dialogue_add_pch(dialogue_followed_pch dialogue_followed_options)
endif()

function(dialogue_use_pch name)
    set(pch dialogue_pch)
    if(DIALOGUE_FUZZ AND name IN_LIST dialogue_followed)
        target_link_libraries(${name} PRIVATE dialogue_followed_options)
        set(pch dialogue_followed_pch)
    endif()
    if(DIALOGUE_PCH)
        target_precompile_headers(${name} REUSE_FROM ${pch})
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
