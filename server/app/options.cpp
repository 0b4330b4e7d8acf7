#include "server/app/options.h"

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

QString commandsText()
{
    QString text = u"Commands:\n"_s;
    for (const ServerCommand &command : serverCommands()) {
        const QString words = command.name + u' ' + command.operand;
        text += u"  "_s + words.leftJustified(22) + command.summary + u'\n';
    }
    return text;
}

} // namespace

QList<ServerCommand> serverCommands()
{
    return {
        {u"admin"_s, u"hash"_s,
         u"prints what stands in admin.accounts for a password, which it reads from the standard input"_s},
        {u"check"_s, u"FILE"_s, u"says what is wrong with a configuration; exit code 2 if anything is"_s},
        {u"defaults"_s, {}, u"prints a configuration with every field, its default and its meaning"_s},
        {u"explain"_s,
         {},
         u"says what somebody may do in a room, and by which rule: --config FILE --room ID [--token TOKEN | --claims FILE]"_s},
        {u"reload"_s,
         {},
         u"has a running server read its configuration again: --pid-file FILE, as the server has it; with --config FILE it is checked before"_s},
        {u"schema"_s, {}, u"prints the JSON Schema of the configuration"_s},
        {u"key"_s, u"new|list|revoke"_s,
         u"makes an API key in the file of the configuration, which prints it once, says which there are, or takes one out"_s},
        {u"store"_s, u"WHAT"_s,
         u"info, check, backup, export, import, trim, erase, mark-restored: what is kept on disk"_s},
        {u"token"_s, u"new|show|verify"_s,
         u"makes a token for trying out with a key of the configuration, prints what one says, or says who comes in with it"_s},
        {u"types"_s, u"FILE"_s,
         u"writes the events of a configuration as types: of TypeScript, of Qt (--qt), or as an AsyncAPI document (--asyncapi)"_s},
    };
}

Syntax serverSyntax()
{
    return {
        .name = u"dialogue-server"_s,
        .operands = u"[command]"_s,
        .summary = u"Dialogue's server: rooms and typed, validated events over Socket.IO."_s,
        .details = commandsText()
            + u"\nWithout a command it serves. FILE and TOKEN may be -, the standard input.\n\nExit codes: %1."_s.arg(
                serverExitCodes()),
        .mostOperands = 4,
        .options = {
            {u"config"_s, u"FILE"_s, u"Configuration in YAML or JSON; -: standard input."_s},
            {u"host"_s, u"H"_s, u"Address to listen on."_s},
            {u"port"_s, u"N"_s, u"Port to listen on; 0: any."_s},
            {u"workers"_s, u"N"_s, u"Io threads; 0: none besides the thread of the rooms."_s},
            {u"store"_s, u"FILE"_s, u"Keep events in FILE, so that they outlive the server; see persistence."_s},
            {u"log-level"_s, u"LEVELS"_s,
             u"What the log says, whatever logLevel of the configuration is: error, warning, info or debug, also for a category alone: net=debug,info."_s},
            {u"pid-file"_s, u"FILE"_s,
             u"Hold FILE, and write the number of the process into it. reload: of which server."_s},
            {u"log-format"_s, u"FORMAT"_s,
             u"How it says it: text, or json, an object a line, with the session, the event and the trace that it is about."_s,
             u"text"_s},
            {u"health-check"_s, {},
             u"Asks the server that runs with the same configuration and options whether it is well, and ends: 0 it is, 1 it is not, or says nothing for 5 seconds."_s},
            {u"token"_s, u"TOKEN"_s, u"explain: of whom; -: standard input."_s},
            {u"claims"_s, u"FILE"_s, u"explain: of whom, by what a token would say, in JSON; -: standard input."_s},
            {u"user"_s, u"ID"_s, u"token new: who its bearer is. store erase: whose events."_s},
            {u"room"_s, u"ID"_s,
             u"explain: the room. store trim, store erase: in which room. key new: one it is for, or \"orders-*\"; may be given several times, left out: all."_s,
             {}, {}, true},
            {u"offset"_s, u"N"_s, u"store erase: of the one event that goes."_s},
            {u"keep"_s, u"N"_s, u"store trim: the newest so many of a room stay."_s},
            {u"days"_s, u"N"_s, u"store trim: events of the last so many days stay."_s},
            {u"role"_s, u"ROLE"_s, u"token new, key new: a role of his; may be given several times."_s, {}, {}, true},
            {u"claim"_s, u"NAME=VALUE"_s, u"token new: another claim, JSON or a text; the same."_s, {}, {}, true},
            {u"lifetime"_s, u"SECONDS"_s, u"token new: for how long it is good."_s, u"3600"_s},
            {u"key"_s, u"ID"_s, u"token new: the id of the key; the first of auth.jwt.keys."_s},
            {u"private-key"_s, u"FILE"_s,
             u"token new: the private key in PEM, where the configuration has the public one."_s},
            {u"from"_s, u"USER"_s, u"key new: the user its events are from."_s},
            {u"scope"_s, u"SCOPE"_s,
             u"key new: what it is for: see, join, trigger, history, create, delete, request, monitor or manage; may be given several times."_s,
             {}, {}, true},
            {u"expires"_s, u"DATE"_s, u"key new: the day or the time (UTC) of its end; left out: it has none."_s},
            {u"older"_s, {}, u"key revoke: only the older of its two secrets."_s},
            {u"typescript"_s, {}, u"types: declarations of TypeScript, as without it."_s},
            {u"qt"_s, {}, u"types: a header of C++ with a gadget for the data of each event."_s},
            {u"asyncapi"_s, {}, u"types: an AsyncAPI 3.0 document, JSON."_s},
            {u"output"_s, u"FILE"_s, u"types: into FILE, which is there as it was until all of it is written."_s},
            {u"version"_s, {}, u"Says which version this is."_s},
        },
    };
}

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
           "FILE may be -, the standard input. The options --host, --port, --workers and --store go before "
           "what the "
           "file says.\n\n"
           "token new --config FILE --user ID makes a token for trying out, with the first key of "
           "auth.jwt.keys that "
           "can sign; token show TOKEN prints what one says, whether or not it is good; token verify TOKEN "
           "--config "
           "FILE says who comes in with it, or why nobody does. TOKEN may be -, the standard input.\n\n"
           "explain --config FILE --room ID says what somebody may do in a room, and which rule decides "
           "that, with "
           "its line: who comes with --token TOKEN, or with the claims of --claims FILE, whose signature, "
           "times, issuer "
           "and audience are not asked about; else somebody whom nobody vouches for.\n\n"
           "admin hash reads a password from the standard input, and prints the hash that stands for it in "
           "admin.accounts: who comes into the namespace /admin, which dialogue admin is a client of.\n\n"
           "key new ID --config FILE --from USER --scope SCOPE makes an API key in the file that "
           "auth.apiKeys.file names, and prints it; nothing else knows it afterwards. Of an ID that is there "
           "it "
           "makes a second "
           "secret, so that clients can go over to it before key revoke ID --older takes the first away. key "
           "list says which there are, and when they were last used; key revoke ID takes one out.\n\n"
           "store info FILE says what a store has, and store check FILE what is wrong with it, or, with "
           "--config, "
           "which of its events do not fit the schemas that are declared now; store backup "
           "FILE "
           "TO makes a copy of one moment, and store export FILE writes it as lines of JSON. These do while "
           "a "
           "server uses it. store import FILE makes a store of such lines, on the standard input. store trim "
           "FILE removes old events, and store erase FILE what one event says, or a user's events; an "
           "erased one leaves its place, so that its offset comes to no other. store mark-restored FILE says "
           "that "
           "it comes from a backup, where that is not to be seen: clients that come back begin anew.\n\n"
           "types FILE writes the events of the rooms, and of roomCreation.templates, as types of a "
           "language, so "
           "that a wrong field does not compile: declarations of TypeScript, with --qt a header of C++, and "
           "with "
           "--asyncapi a document for the tools of AsyncAPI.\n\n"
           "The log goes to the standard error, a line each: the time in UTC, the level, the category, and "
           "what "
           "there is to say. --log-level takes levels (error, warning, info, debug) for all categories, or "
           "for one "
           "(auth, engine, events, gateway, http, net, rooms, server, socket, store), separated by commas. "
           "What "
           "strangers "
           "bring "
           "about is said at info once a minute with a count, and at debug each time, 200 lines a second and "
           "category at most.\n\n"
           "SIGHUP has keys and certificates read again, and the configuration: what a running server can "
           "take "
           "over of it is in force then, all or nothing, and the log names the rest, which waits for a "
           "restart. Where it is wrong the log says where, and the server goes on as before. reload "
           "--pid-file "
           "FILE sends it to the server that holds FILE by its own --pid-file; with --config FILE it looks "
           "first whether that is good."_s;
}

QString serverExitCodes()
{
    return u"0 done, or stopped by SIGTERM or SIGINT; 1 cannot serve; 2 wrong command line or configuration"_s;
}

} // namespace dialogue
