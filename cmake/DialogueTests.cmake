# Tests: few programs of many classes, and that none is forgotten.

# Debian's Qt6::Test defines where each test lies, which no test asks for: with it no clone would find in the cache what
# another has compiled.
set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)

set(DIALOGUE_TEST_LABELS "" CACHE STRING "Build only the tests with one of these labels (empty: all)")

# tests-<label> builds the tests of one label: the sanitizer builds need no others.
foreach(label unit threads fuzz)
    add_custom_target(tests-${label})
endforeach()

# The test files themselves: under the address sanitizer, which needs no more than what it looks for errors in, they are
# compiled without it and without optimisation, half of the time. The thread sanitizer has to see every access.
add_library(dialogue_test_options INTERFACE)
if("${DIALOGUE_SANITIZE}" MATCHES "address")
    target_link_libraries(dialogue_test_options INTERFACE dialogue_warnings)
    target_compile_options(dialogue_test_options INTERFACE -O0)
    target_compile_definitions(dialogue_test_options INTERFACE __SANITIZE_ADDRESS__) # GCC's word: tests/support/heap.h
    target_link_options(dialogue_test_options INTERFACE -fsanitize=${DIALOGUE_SANITIZE})
else()
    target_link_libraries(dialogue_test_options INTERFACE dialogue_options)
    # Lines and functions for a backtrace: what GCC says of the variables in tests takes it 40 % of the time.
    target_compile_options(dialogue_test_options INTERFACE $<$<CONFIG:Debug>:-g1>)
endif()

# What nearly every test includes, compiled once for all test programs, beside what nearly every file does.
if(DIALOGUE_PCH)
    add_library(dialogue_testpch OBJECT ${PROJECT_SOURCE_DIR}/cmake/pch.cpp)
    target_link_libraries(dialogue_testpch PRIVATE dialogue_test_options Qt6::Core Qt6::Network Qt6::Test)
    target_precompile_headers(dialogue_testpch PRIVATE ${PROJECT_SOURCE_DIR}/tests/support/pch.h)
    set_target_properties(dialogue_testpch PROPERTIES AUTOMOC OFF)
endif()

# dialogue_use_test_pch(<target>): for whatever does not use Qt Gui. QtTest is another with each library of Qt that is used.
function(dialogue_use_test_pch name)
    target_link_libraries(${name} PRIVATE Qt6::Network Qt6::Test)
    if(DIALOGUE_PCH)
        target_precompile_headers(${name} REUSE_FROM dialogue_testpch)
        target_compile_options(${name} PRIVATE -fPIC)
    endif()
endfunction()

# dialogue_use_gui_test_pch(<target>): for what does. Its own, as the tests' options are not those of what they test.
function(dialogue_use_gui_test_pch name)
    target_link_libraries(${name} PRIVATE Qt6::Widgets Qt6::Network Qt6::Test)
    if(DIALOGUE_PCH)
        if(NOT TARGET dialogue_guitestpch)
            add_library(dialogue_guitestpch OBJECT ${PROJECT_SOURCE_DIR}/cmake/pch.cpp)
            target_link_libraries(dialogue_guitestpch PRIVATE dialogue_test_options Qt6::Widgets Qt6::Network Qt6::Test)
            target_precompile_headers(dialogue_guitestpch PRIVATE ${PROJECT_SOURCE_DIR}/tests/support/pch.h)
            set_target_properties(dialogue_guitestpch PROPERTIES AUTOMOC OFF)
        endif()
        target_precompile_headers(${name} REUSE_FROM dialogue_guitestpch)
        target_compile_options(${name} PRIVATE -fPIC)
    endif()
endfunction()

# dialogue_test_is_built(<variable> <label>...): whether this build has tests with these labels.
function(dialogue_test_is_built variable)
    set(${variable} OFF PARENT_SCOPE)
    foreach(label IN LISTS ARGN)
        if(NOT DIALOGUE_TEST_LABELS OR label IN_LIST DIALOGUE_TEST_LABELS)
            set(${variable} ON PARENT_SCOPE)
        endif()
    endforeach()
endfunction()

# dialogue_test_starts_nothing(<file>): a QProcess begins as a clone in this process' memory, which the thread sanitizer takes
# for a fork; from then on it sees nothing of that thread, and ends the process with the next one that is started.
function(dialogue_test_starts_nothing file)
    file(STRINGS ${file} starts REGEX "QProcess|certificateauthority\\.h|postgresserver\\.h")
    if(starts)
        message(FATAL_ERROR "${CMAKE_CURRENT_SOURCE_DIR}/${file} starts programs: a test that does stands behind UNIT, not "
            "THREADS, as the thread sanitizer cannot follow it")
    endif()
endfunction()

# dialogue_add_tests(<program> [UNIT tst_a ...] [THREADS tst_b ...] [INTEROP ...] [EXAMPLES ...] LINK ... [SOURCES ...] [RUN ...] [GUI])
# One program of the test classes in tst_a.cpp, tst_b.cpp ..., and for each a ctest of its name, in a process of its own.
# The keyword is its label, besides the program's name: UNIT also runs under the address sanitizer, THREADS under the thread sanitizer as well, the
# others in neither. A name may begin with a folder. After a name, "+suffix" is the same class in other surroundings
# (DIALOGUE_TEST_AS). SOURCES: other files it consists of. RUN: the programs that the
# tests start. GUI: it uses Qt Gui.
function(dialogue_add_tests program)
    set(kinds UNIT THREADS INTEROP EXAMPLES)
    cmake_parse_arguments(ARG "GUI" "" "${kinds};LINK;SOURCES;RUN" ${ARGN})
    if(ARG_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "dialogue_add_tests(${program}) does not know ${ARG_UNPARSED_ARGUMENTS}: a test stands "
            "behind one of ${kinds}")
    endif()
    # The thread sanitizer takes ten times as long, the address sanitizer five times.
    set(seconds 120)
    if("${DIALOGUE_SANITIZE}" STREQUAL "thread")
        set(seconds 400)
    elseif(DIALOGUE_SANITIZE)
        set(seconds 300)
    endif()
    set(sources)
    set(all_labels)
    foreach(kind IN LISTS kinds)
        string(TOLOWER ${kind} labels)
        if(kind STREQUAL THREADS)
            set(labels unit threads)
        endif()
        dialogue_test_is_built(built ${labels})
        foreach(path IN LISTS ARG_${kind})
            if(path MATCHES "^\\+(.+)")
                set(test ${file}_${CMAKE_MATCH_1})
            else()
                cmake_path(GET path FILENAME file)
                set(test ${file})
                dialogue_test_file(${path}.cpp)
                if(kind STREQUAL THREADS)
                    dialogue_test_starts_nothing(${path}.cpp)
                endif()
            endif()
            if(NOT built)
                continue()
            endif()
            if(test STREQUAL file)
                list(APPEND sources ${path}.cpp)
            endif()
            list(APPEND all_labels ${labels})
            add_test(NAME ${test} COMMAND ${program} ${test})
            # glibc fills what is freed, so that whoever uses it still, if only Qt inside, does not get away with it.
            set_tests_properties(${test} PROPERTIES TIMEOUT ${seconds} LABELS "${labels};${program}"
                ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_LOGGING_RULES=dialogue.*.debug=false;MALLOC_PERTURB_=165")
        endforeach()
    endforeach()
    if(NOT sources)
        return()
    endif()

    # Not AUTOMOC: it reads all of Qt's headers for each file, one target after another.
    foreach(source IN LISTS sources)
        cmake_path(GET source STEM name)
        qt_generate_moc(${source} ${CMAKE_CURRENT_BINARY_DIR}/${name}.moc)
        list(APPEND ARG_SOURCES ${CMAKE_CURRENT_BINARY_DIR}/${name}.moc)
    endforeach()
    add_executable(${program} ${sources} ${ARG_SOURCES})
    set_target_properties(${program} PROPERTIES AUTOMOC OFF)
    target_include_directories(${program} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/include
        ${PROJECT_SOURCE_DIR}/tests/support ${CMAKE_CURRENT_BINARY_DIR})
    target_link_libraries(${program} PRIVATE dialogue_test_options dialogue_testclasses ${ARG_LINK})
    if(ARG_RUN)
        add_dependencies(${program} ${ARG_RUN})
    endif()
    if(ARG_GUI)
        dialogue_use_gui_test_pch(${program})
    else()
        dialogue_use_test_pch(${program})
    endif()
    list(REMOVE_DUPLICATES all_labels)
    foreach(label IN LISTS all_labels)
        if(TARGET tests-${label})
            add_dependencies(tests-${label} ${program})
        endif()
    endforeach()
endfunction()

# dialogue_test_definitions(tst_name <definition>...): what one test file has to be told, and the others of its program
# need not be compiled anew for.
function(dialogue_test_definitions path)
    set_property(SOURCE ${path}.cpp APPEND PROPERTY COMPILE_DEFINITIONS ${ARGN})
endfunction()

# --- that none is forgotten ---

# dialogue_test_file(<file>...): this build knows of these test files.
function(dialogue_test_file)
    foreach(file IN LISTS ARGN)
        cmake_path(ABSOLUTE_PATH file NORMALIZE)
        set_property(GLOBAL APPEND PROPERTY DIALOGUE_TEST_FILES ${file})
    endforeach()
endfunction()

# dialogue_leave_tests_out(): this build does without this folder and those below it.
function(dialogue_leave_tests_out)
    set_property(GLOBAL APPEND PROPERTY DIALOGUE_TEST_FOLDERS_LEFT_OUT ${CMAKE_CURRENT_SOURCE_DIR}/)
endfunction()

# An error, if a file in this folder or below looks like a test and no CMakeLists.txt names it, or if a folder has a
# CMakeLists.txt that none adds.
function(dialogue_check_that_no_test_is_forgotten)
    get_property(known GLOBAL PROPERTY DIALOGUE_TEST_FILES)
    dialogue_folders_below(folders ${CMAKE_CURRENT_SOURCE_DIR})
    list(TRANSFORM folders APPEND /CMakeLists.txt)
    file(GLOB_RECURSE forgotten CONFIGURE_DEPENDS tst_*.cpp *.test.mjs test_*.py fuzz/*.cpp CMakeLists.txt)
    list(REMOVE_ITEM forgotten ${known} ${folders}
        ${CMAKE_CURRENT_SOURCE_DIR}/package/outside/CMakeLists.txt # Projects of their own.
        ${CMAKE_CURRENT_SOURCE_DIR}/qtonly/program/CMakeLists.txt)
    list(FILTER forgotten EXCLUDE REGEX "/node_modules/")
    get_property(left_out GLOBAL PROPERTY DIALOGUE_TEST_FOLDERS_LEFT_OUT)
    foreach(folder IN LISTS left_out)
        list(FILTER forgotten EXCLUDE REGEX "^${folder}")
    endforeach()
    if(forgotten)
        list(JOIN forgotten "\n  " forgotten)
        message(FATAL_ERROR "No CMakeLists.txt adds these tests:\n  ${forgotten}\n"
            "docs/testing.md says how a test is added; each folder is added by the one above it")
    endif()
endfunction()

# dialogue_folders_below(<variable> <folder>): it, and all that were added from it.
function(dialogue_folders_below variable folder)
    set(all ${folder})
    get_property(added DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
    foreach(each IN LISTS added)
        dialogue_folders_below(below ${each})
        list(APPEND all ${below})
    endforeach()
    set(${variable} ${all} PARENT_SCOPE)
endfunction()
