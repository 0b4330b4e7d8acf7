# What an installed Dialogue consists of: three libraries, the public headers, a CMake package, pkg-config files,
# the server with its sample configuration and its systemd unit, the client for JavaScript, the docs and the examples. (The command line, the man
# pages and the completions install themselves.)
include(CMakePackageConfigHelpers)

# The public API. Every other header is private, and no public one may include it: tests/package compiles each alone.
set(DIALOGUE_PUBLIC_HEADERS
    client/clientconfig.h
    client/connectionfailure.h
    client/dialogueclient.h
    client/export.h
    client/participant.h
    client/participantsmodel.h
    client/roomcontext.h
    client/roominfo.h
    client/socketioclient.h
    client/socketiosocket.h
    core/base/answer.h
    core/base/error.h
    core/base/export.h
    core/base/result.h
    core/base/threadbound.h
    core/base/threadboundpart.h
    core/event/definedevent.h
    core/event/eventdefinition.h
    core/event/eventmessage.h
    core/event/metajson.h
    core/event/payload.h
    core/event/requestdefinition.h
    core/event/typedevent.h
    core/event/typedsending.h
    core/json/jsondata.h
    core/room/middlewareconfig.h
    core/room/persistence.h
    core/room/presence.h
    core/room/ratelimit.h
    core/room/roomconfig.h
    core/room/roomrules.h
    core/room/who.h
    core/schema/admission.h
    core/schema/merge.h
    core/schema/schema.h
    server/admin/admincounters.h
    server/answers/answercounters.h
    server/asking/askingcounters.h
    server/auth/adminlogin.h
    server/auth/connectrequest.h
    server/auth/identity.h
    server/auth/apikeycounters.h
    server/auth/certificateusecounters.h
    server/auth/tokencounters.h
    server/budgets/budgetcounters.h
    server/config/serverconfig.h
    server/dialogue.h
    server/eventdispatcher.h
    server/export.h
    server/bridge/counters.h
    server/bridge/hubcounters.h
    server/http/router.h
    server/memory/memorycounters.h
    server/metrics/metricfamily.h
    server/middleware/middlewarecounters.h
    server/namespaces/namespace.h
    server/namespaces/namespacehooks.h
    server/namespaces/namespacesocket.h
    server/namespaces/socketrequest.h
    server/http/httpmessage.h
    server/loop/durations.h
    server/loop/servertransport.h
    server/tcp/permessagedeflate.h
    server/presence/presencecounters.h
    server/rooms/broadcastoptions.h
    server/rooms/clientrequest.h
    server/rooms/clientsnapshot.h
    server/rooms/connectedclient.h
    server/rooms/erasedevents.h
    server/rooms/hooks.h
    server/rooms/middleware.h
    server/store/checkeventstore.h
    server/store/eventstore.h
    server/rooms/participantanswer.h
    server/rooms/appendcounters.h
    server/rooms/refusalcounters.h
    server/rooms/recoverycounters.h
    server/rooms/replaycounters.h
    server/rooms/seatcounters.h
    server/store/storecounters.h
    server/rooms/requestordercounters.h
    server/rooms/room.h
    server/rules/rulecounters.h
    server/rules/sanction.h
    server/servercounters.h
    server/tcp/noaddress.h
    server/tcp/peercertificate.h
    server/timeline/timelinecounters.h
    server/tls/certificatecounters.h
    server/tls/tlscounters.h
    server/websocket/deflatecounters.h
)

# Installed they name one another in full, <dialogue/core/base/error.h>, so that nothing but dialogue/ lies in anybody's
# include path: a core/ or a server/ of the user's own is neither found nor shadowed by ours.
foreach(header IN LISTS DIALOGUE_PUBLIC_HEADERS)
    cmake_path(GET header PARENT_PATH folder)
    install(CODE "
        file(READ \"${PROJECT_SOURCE_DIR}/${header}\" text)
        string(REGEX REPLACE \"#include \\\"((core|client|server)/[^\\\"]+)\\\"\" \"#include <dialogue/\\\\1>\" text \"\${text}\")
        file(WRITE \"${PROJECT_BINARY_DIR}/installed/${header}\" \"\${text}\")")
    install(FILES ${PROJECT_BINARY_DIR}/installed/${header}
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/dialogue/${folder})
endforeach()

# The server finds its libraries wherever the tree was installed to.
file(RELATIVE_PATH libdir_from_bindir ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
if(TARGET dialogue-server)
    set_target_properties(dialogue-server PROPERTIES INSTALL_RPATH "$ORIGIN/${libdir_from_bindir}")
    install(TARGETS dialogue-server)
endif()
set_target_properties(DialogueServer DialogueClient PROPERTIES INSTALL_RPATH "$ORIGIN")

install(TARGETS DialogueCore DialogueServer DialogueClient EXPORT DialogueTargets)
install(FILES resources/dialogue.sample.yaml DESTINATION ${CMAKE_INSTALL_DATADIR}/dialogue)
install(DIRECTORY resources/js DESTINATION ${CMAKE_INSTALL_DATADIR}/dialogue PATTERN js.qrc EXCLUDE)
install(DIRECTORY resources/grafana resources/prometheus DESTINATION ${CMAKE_INSTALL_DATADIR}/dialogue)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
# Not quickstart, which takes README.md apart; its programs stand there.
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN quickstart EXCLUDE)

# It names the program by its place, which is known when it is installed.
install(CODE "
    set(bindir \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}\")
    configure_file(\"${PROJECT_SOURCE_DIR}/resources/dialogue-server.service.in\"
        \"${PROJECT_BINARY_DIR}/installed/dialogue-server.service\" @ONLY)")
install(FILES ${PROJECT_BINARY_DIR}/installed/dialogue-server.service resources/dialogue-server.socket DESTINATION lib/systemd/system)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Dialogue)
configure_package_config_file(cmake/DialogueConfig.cmake.in ${PROJECT_BINARY_DIR}/DialogueConfig.cmake
    INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/DialogueConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/DialogueConfig.cmake ${PROJECT_BINARY_DIR}/DialogueConfigVersion.cmake
    DESTINATION ${package_dir})
install(EXPORT DialogueTargets NAMESPACE Dialogue:: DESTINATION ${package_dir})

# Relative to where the .pc file lies, so that the tree can be moved.
file(RELATIVE_PATH prefix_from_pkgconfig ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig ${prefix_from_pkgconfig})
foreach(library core server client)
    configure_file(cmake/dialogue-${library}.pc.in ${PROJECT_BINARY_DIR}/dialogue-${library}.pc @ONLY)
    install(FILES ${PROJECT_BINARY_DIR}/dialogue-${library}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()
