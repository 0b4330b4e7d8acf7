#include "server/app/options.h"

using namespace Qt::StringLiterals;

namespace dialogue {

QList<ServerCommand> serverCommands()
{
    return {
        {u"check"_s, u"FILE"_s, u"says what is wrong with a configuration; exit code 2 if anything is"_s},
        {u"defaults"_s, {}, u"prints a configuration with every field, its default and its meaning"_s},
        {u"schema"_s, {}, u"prints the JSON Schema of the configuration"_s},
    };
}

QList<QCommandLineOption> serverOptions()
{
    return {
        {u"config"_s, u"Configuration in YAML or JSON; -: standard input."_s, u"FILE"_s},
        {u"host"_s, u"Address to listen on."_s, u"H"_s},
        {u"port"_s, u"Port to listen on; 0: any."_s, u"N"_s},
        {u"workers"_s, u"Io threads; 0: none besides the thread of the rooms."_s, u"N"_s},
        {u"log-level"_s,
         u"What the log says: error, warning, info or debug, also for a category alone: net=debug,info."_s,
         u"LEVELS"_s, u"info"_s},
        {{u"h"_s, u"help"_s}, u"Says this."_s},
        {{u"v"_s, u"version"_s}, u"Says which version this is."_s},
    };
}

QString serverSummary() { return u"Dialogue's server: rooms and typed, validated events over Socket.IO."_s; }

QString serverDescription()
{
    return u"Without a command it serves, until SIGTERM or SIGINT: it then takes nobody in any more, sends "
           u"what "
           "waits, and ends. The first line on its standard output says where it listens.\n\n"
           "A configuration is YAML or JSON. A file needs only what differs from the defaults:\n\n"
           "    port: 8080\n"
           "    rooms:\n"
           "      chat:\n"
           "        events: [message, typing]\n\n"
           "FILE may be -, the standard input. The options --host, --port and --workers go before what the "
           "file says.\n\n"
           "The log goes to the standard error, a line each: the time in UTC, the level, the category, and "
           "what "
           "there is to say. --log-level takes levels (error, warning, info, debug) for all categories, or "
           "for one "
           "(auth, engine, gateway, http, net, rooms, server, socket), separated by commas. What strangers "
           "bring "
           "about is said at info once a minute with a count, and at debug each time, 200 lines a second and "
           "category at most. SIGHUP is logged, and changes nothing."_s;
}

QString serverExitCodes()
{
    return u"0 done, or stopped by SIGTERM or SIGINT; 1 cannot serve; 2 wrong command line or configuration"_s;
}

} // namespace dialogue
